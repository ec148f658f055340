package dev.firebreak.enforcerconnectors.hostagent;

/// A frame that cannot be understood. The message is the reason the channel is closed with.
final class MalformedFrame extends Exception {

    private final String sentence;

    MalformedFrame(String sentence) {
        super(sentence);
        this.sentence = sentence;
    }

    String sentence() {
        return sentence;
    }
}
