package dev.firebreak.hostagent.kernel;

/// The kernel said no to a bpf command that should have worked.
final class BpfFailure extends RuntimeException {

    private final int errno;

    BpfFailure(String what, int errno) {
        super(what + ": errno " + errno);
        this.errno = errno;
    }

    int errno() {
        return errno;
    }
}
