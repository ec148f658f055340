package dev.firebreak.segmentation;

import dev.firebreak.eventlog.term.CidrBlock;
import java.util.List;
import java.util.stream.Stream;

/// Which blocks of addresses are more than a few machines, when every host is cut off from them.
///
/// A block is wide when it is larger than some machines of an attacker or of ours, and whatever its
/// size when every host needs what is in it: itself, its neighbours on the link, groups. IPv4 that
/// is written inside IPv6 is as wide as the IPv4 it stands for.
final class WideBlocks {
    /// The widest block outside our own address space that counts as a few machines.
    private static final int WIDEST_PUBLIC_V4 = 16;

    private static final int WIDEST_PUBLIC_V6 = 32;

    /// The widest inside it: one subnet.
    private static final int WIDEST_PRIVATE_V4 = 24;

    private static final int WIDEST_PRIVATE_V6 = 64;

    /// RFC 1918, 6598 and 4193.
    private static final List<Net> PRIVATE =
            nets("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "fc00::/7");

    /// This host, loopback, link-local (a cloud's metadata service is there), multicast, broadcast.
    private static final List<Net> EVERY_HOSTS =
            nets(
                    "0.0.0.0/8",
                    "127.0.0.0/8",
                    "169.254.0.0/16",
                    "224.0.0.0/4",
                    "255.255.255.255/32",
                    "::/127",
                    "fe80::/10",
                    "ff00::/8");

    /// RFC 6052: all of IPv4, as hosts that speak only IPv6 reach it.
    private static final Net NAT64 = Net.of(CidrBlock.parse("64:ff9b::/96"));

    /// The same for a site of its own (RFC 8215), and Teredo: where IPv4 stands in it is not told.
    private static final List<Net> OTHER_V4_IN_V6 = nets("64:ff9b:1::/48", "2001::/32");

    private static final int V6_BITS = 128;

    private WideBlocks() {}

    static boolean isWide(CidrBlock block) {
        var net = Net.of(block);
        if (overlaps(EVERY_HOSTS, net) || net.contains(NAT64)) {
            return true;
        }
        if (NAT64.contains(net)) {
            return isLarge(inside(net));
        }
        return overlaps(OTHER_V4_IN_V6, net) ? net.prefix() < V6_BITS : isLarge(net);
    }

    private static boolean isLarge(Net net) {
        var ours = overlaps(PRIVATE, net);
        return net.v4()
                ? net.prefix() < (ours ? WIDEST_PRIVATE_V4 : WIDEST_PUBLIC_V4)
                : net.prefix() < (ours ? WIDEST_PRIVATE_V6 : WIDEST_PUBLIC_V6);
    }

    /// The IPv4 block that a block of NAT64 stands for.
    private static Net inside(Net net) {
        return new Net(true, net.prefix() - NAT64.prefix(), net.first().subtract(NAT64.first()));
    }

    private static boolean overlaps(List<Net> blocks, Net net) {
        return blocks.stream().anyMatch(net::overlaps);
    }

    private static List<Net> nets(String... blocks) {
        return Stream.of(blocks).map(block -> Net.of(CidrBlock.parse(block))).toList();
    }
}
