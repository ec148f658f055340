package dev.firebreak.hostagent.kernel;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.time.Duration;

/// The C library calls that are needed. Each answers like the kernel itself: a negative errno on
/// failure.
final class Libc {

    static final int EPERM = 1;
    static final int ENOENT = 2;
    static final int EAGAIN = 11;
    static final int EEXIST = 17;
    static final int ENOSPC = 28;

    private static final int SOL_SOCKET = 1;
    private static final int SO_RCVTIMEO = 20;

    private static final Linker LINKER = Linker.nativeLinker();
    private static final Linker.Option ERRNO = Linker.Option.captureCallState("errno");
    private static final StructLayout STATE = Linker.Option.captureStateLayout();
    private static final VarHandle ERRNO_VALUE =
            STATE.varHandle(MemoryLayout.PathElement.groupElement("errno"));
    private static final ThreadLocal<MemorySegment> CAPTURED =
            ThreadLocal.withInitial(() -> Arena.ofAuto().allocate(STATE));

    private static final MethodHandle BPF =
            variadic(1, "syscall", JAVA_LONG, JAVA_LONG, JAVA_INT, ADDRESS, JAVA_INT);
    private static final MethodHandle OPEN =
            variadic(2, "open", JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT);
    private static final MethodHandle CLOSE = function("close", JAVA_INT, JAVA_INT);
    private static final MethodHandle MMAP =
            function(
                    "mmap", JAVA_LONG, ADDRESS, JAVA_LONG, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_LONG);
    private static final MethodHandle MUNMAP = function("munmap", JAVA_INT, ADDRESS, JAVA_LONG);
    private static final MethodHandle MOUNT =
            function("mount", JAVA_INT, ADDRESS, ADDRESS, ADDRESS, JAVA_LONG, ADDRESS);
    private static final MethodHandle SETNS = function("setns", JAVA_INT, JAVA_INT, JAVA_INT);
    private static final MethodHandle SOCKET =
            function("socket", JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT);
    private static final MethodHandle SETSOCKOPT =
            function("setsockopt", JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT);
    private static final MethodHandle SEND =
            function("send", JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT);
    private static final MethodHandle RECV =
            function("recv", JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT);
    private static final MethodHandle CLOCK =
            function("clock_gettime", JAVA_INT, JAVA_INT, ADDRESS);

    private static final long BPF_NUMBER =
            switch (System.getProperty("os.arch")) {
                case "amd64", "x86_64" -> 321;
                case "aarch64" -> 280;
                case String other ->
                        throw new Unsupported("bpf(2) on " + other + " is not known here");
                case null -> throw new Unsupported("unknown processor");
            };

    private Libc() {}

    static int bpf(int command, MemorySegment attributes) {
        MemorySegment captured = CAPTURED.get();
        try {
            long result =
                    (long)
                            BPF.invokeExact(
                                    captured,
                                    BPF_NUMBER,
                                    command,
                                    attributes,
                                    (int) attributes.byteSize());
            return result == -1 ? -(int) ERRNO_VALUE.get(captured, 0L) : (int) result;
        } catch (Throwable e) {
            throw new IllegalStateException("a native call itself never throws", e);
        }
    }

    static int open(String path, int flags) {
        try (var arena = Arena.ofConfined()) {
            return (int) call(OPEN, arena.allocateFrom(path), flags, 0);
        }
    }

    static void close(int descriptor) {
        call(CLOSE, descriptor);
    }

    static long mmap(long size, int protection, int flags, int descriptor) {
        return call(MMAP, MemorySegment.NULL, size, protection, flags, descriptor, 0L);
    }

    static void munmap(MemorySegment mapped) {
        call(MUNMAP, mapped, mapped.byteSize());
    }

    static int mount(String source, String target, String type, long flags, String data) {
        try (var arena = Arena.ofConfined()) {
            return (int)
                    call(
                            MOUNT,
                            arena.allocateFrom(source),
                            arena.allocateFrom(target),
                            arena.allocateFrom(type),
                            flags,
                            arena.allocateFrom(data));
        }
    }

    static int setns(int descriptor, int kind) {
        return (int) call(SETNS, descriptor, kind);
    }

    static int socket(int domain, int type, int protocol) {
        return (int) call(SOCKET, domain, type, protocol);
    }

    /// From now on a receive that gets nothing for so long answers EAGAIN.
    static int receiveWithin(int descriptor, Duration patience) {
        try (var arena = Arena.ofConfined()) {
            var timeval = arena.allocate(16, 8);
            timeval.set(JAVA_LONG, 0, patience.getSeconds());
            timeval.set(JAVA_LONG, 8, patience.getNano() / 1_000L);
            return (int)
                    call(
                            SETSOCKOPT,
                            descriptor,
                            SOL_SOCKET,
                            SO_RCVTIMEO,
                            timeval,
                            (int) timeval.byteSize());
        }
    }

    static long send(int descriptor, MemorySegment bytes) {
        return call(SEND, descriptor, bytes, bytes.byteSize(), 0);
    }

    static long receive(int descriptor, MemorySegment into) {
        return call(RECV, descriptor, into, into.byteSize(), 0);
    }

    static int clock(int clock, MemorySegment timespec) {
        return (int) call(CLOCK, clock, timespec);
    }

    /// The result, or the negative errno.
    private static long call(MethodHandle handle, Object... arguments) {
        MemorySegment captured = CAPTURED.get();
        Object[] all = new Object[arguments.length + 1];
        all[0] = captured;
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        long result;
        try {
            result = ((Number) handle.invokeWithArguments(all)).longValue();
        } catch (Throwable e) {
            throw new IllegalStateException("a native call itself never throws", e);
        }
        return result == -1 ? -(int) ERRNO_VALUE.get(captured, 0L) : result;
    }

    // Calling C is what this class is for.
    @SuppressWarnings("restricted")
    private static MethodHandle function(
            String name, MemoryLayout result, MemoryLayout... arguments) {
        return LINKER.downcallHandle(
                address(name), FunctionDescriptor.of(result, arguments), ERRNO);
    }

    @SuppressWarnings("restricted")
    private static MethodHandle variadic(
            int fixed, String name, MemoryLayout result, MemoryLayout... arguments) {
        return LINKER.downcallHandle(
                address(name),
                FunctionDescriptor.of(result, arguments),
                ERRNO,
                Linker.Option.firstVariadicArg(fixed));
    }

    private static MemorySegment address(String name) {
        return LINKER.defaultLookup().findOrThrow(name);
    }
}
