package dev.firebreak.eventlog.term;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import inet.ipaddr.AddressStringException;
import inet.ipaddr.IPAddress;
import inet.ipaddr.IPAddressString;
import inet.ipaddr.IPAddressStringParameters;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// A block of addresses in canonical CIDR form, IPv4 or IPv6.
///
/// IPv4-mapped IPv6 (`::ffff:10.0.0.1`) is the IPv4 block it stands for; host bits that are set are
/// an error, never rounded away, and so are octal, partial and wildcard spellings.
public record CidrBlock(@JsonValue String value) {

    private static final int MAPPED_PREFIX = 96;
    private static final int MAX_TEXT = 64;
    private static final int MAX_OCTET = 255;
    private static final Pattern V4_LIKE = Pattern.compile("\\d{1,9}(\\.\\d{1,9}){3}(/\\d{0,3})?");
    private static final Pattern V6_LIKE = Pattern.compile("[0-9A-Fa-f]{0,4}:[0-9A-Fa-f]{0,4}:.*");

    private static final IPAddressStringParameters STRICT =
            new IPAddressStringParameters.Builder()
                    .allowEmpty(false)
                    .allowAll(false)
                    .allowMask(false)
                    .allowPrefixOnly(false)
                    .allowSingleSegment(false)
                    .allowWildcardedSeparator(false)
                    .setRangeOptions(inet.ipaddr.AddressStringParameters.RangeParameters.NO_RANGE)
                    .getIPv4AddressParametersBuilder()
                    .allow_inet_aton(false)
                    .allowLeadingZeros(false)
                    .allowBinary(false)
                    .getParentBuilder()
                    .getIPv6AddressParametersBuilder()
                    .allowZone(false)
                    .allowBase85(false)
                    .allowBinary(false)
                    .getParentBuilder()
                    .toParams();

    public CidrBlock {
        if (!canonical(value).equals(value)) {
            throw new InvalidTerm(
                    "'%s' is not in canonical form.".formatted(Words.printable(value)));
        }
    }

    /// Reads an address or a block in any usual spelling.
    @JsonCreator
    public static CidrBlock parse(String text) {
        return new CidrBlock(canonical(text));
    }

    /// Whether somebody who writes this means addresses, and not a name, even when they mistype it.
    static boolean isMeant(String text) {
        return V4_LIKE.matcher(text).matches() || V6_LIKE.matcher(text).matches();
    }

    /// The network's address: 4 bytes, or 16.
    public byte[] address() {
        return parsed(value).getBytes();
    }

    public int prefixLength() {
        return Integer.parseInt(value.substring(value.indexOf('/') + 1));
    }

    public boolean isV4() {
        return value.indexOf(':') < 0;
    }

    public boolean isEverything() {
        return prefixLength() == 0;
    }

    /// Whether every address of `other` lies in this block.
    public boolean contains(CidrBlock other) {
        return parsed(value).contains(parsed(other.value));
    }

    public boolean overlaps(CidrBlock other) {
        return contains(other) || other.contains(this);
    }

    private static String canonical(String text) {
        var address = parsed(text);
        var prefix = address.getNetworkPrefixLength();
        var length = prefix == null ? address.getBitCount() : prefix;
        if (address.isIPv6() && address.toIPv6().isIPv4Mapped()) {
            if (length < MAPPED_PREFIX) {
                throw new InvalidTerm(
                        "'%s' mixes IPv4-mapped and other addresses; name the IPv4 block itself."
                                .formatted(Words.printable(text)));
            }
            address = address.toIPv6().getEmbeddedIPv4Address();
            length -= MAPPED_PREFIX;
        }
        var network =
                address.withoutPrefixLength()
                        .toPrefixBlock(length)
                        .getLower()
                        .withoutPrefixLength();
        if (!network.equals(address.withoutPrefixLength().getLower())) {
            throw new InvalidTerm(
                    "'%s' has bits set behind its prefix; did you mean %s/%d?"
                            .formatted(Words.printable(text), network.toCanonicalString(), length));
        }
        return network.toCanonicalString() + "/" + length;
    }

    private static IPAddress parsed(String text) {
        if (text.length() > MAX_TEXT) {
            throw notABlock(text);
        }
        try {
            return new IPAddressString(text, STRICT).toAddress();
        } catch (AddressStringException _) {
            throw notABlock(text);
        }
    }

    private static InvalidTerm notABlock(String text) {
        return new InvalidTerm(
                "'%s' is not an address block%s: write one like 203.0.113.0/24 or 2001:db8::/32."
                        .formatted(Words.printable(text), tooLarge(text)));
    }

    /// Of an IPv4 address, the first number that none of its numbers can be.
    private static String tooLarge(String text) {
        return V4_LIKE.matcher(text).matches()
                ? Stream.of(text.split("[./]", 5))
                        .limit(4)
                        .filter(number -> Integer.parseInt(number) > MAX_OCTET)
                        .findFirst()
                        .map(", since %s is more than 255"::formatted)
                        .orElse("")
                : "";
    }

    @Override
    public String toString() {
        return value;
    }
}
