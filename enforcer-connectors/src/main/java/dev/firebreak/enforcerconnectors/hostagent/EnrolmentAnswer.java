package dev.firebreak.enforcerconnectors.hostagent;

/// What comes of asking for a certificate.
sealed interface EnrolmentAnswer {

    /// In PEM; `notAfter` as ISO 8601.
    record Issued(String certificate, String authority, String notAfter)
            implements EnrolmentAnswer {}

    /// A problem with its HTTP status and stable code.
    record Problem(int status, String code, String sentence) implements EnrolmentAnswer {}
}
