package dev.firebreak.hostagent.kernel;

/// The six places where the kernel asks us, each with its own program.
enum Hook {
    PACKET_OUT("cgroup_skb/egress", Hook.CGROUP_SKB, 1),
    PACKET_IN("cgroup_skb/ingress", Hook.CGROUP_SKB, 0),
    CONNECT_V4("cgroup/connect4", Hook.CGROUP_SOCK_ADDR, 10),
    CONNECT_V6("cgroup/connect6", Hook.CGROUP_SOCK_ADDR, 11),
    SEND_V4("cgroup/sendmsg4", Hook.CGROUP_SOCK_ADDR, 14),
    SEND_V6("cgroup/sendmsg6", Hook.CGROUP_SOCK_ADDR, 15);

    private static final int CGROUP_SKB = 8;
    private static final int CGROUP_SOCK_ADDR = 18;

    private final String section;
    private final int programType;
    private final int attachType;

    Hook(String section, int programType, int attachType) {
        this.section = section;
        this.programType = programType;
        this.attachType = attachType;
    }

    String section() {
        return section;
    }

    int programType() {
        return programType;
    }

    int attachType() {
        return attachType;
    }
}
