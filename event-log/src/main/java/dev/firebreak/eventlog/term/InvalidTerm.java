package dev.firebreak.eventlog.term;

/// Text that is not a word of ours. The message is a whole sentence for the person who typed it.
public final class InvalidTerm extends IllegalArgumentException {

    public InvalidTerm(String sentence) {
        super(sentence);
    }
}
