package io.orchestrator.core.cel;

import dev.cel.common.types.CelType;
import dev.cel.common.types.OpaqueType;
import dev.cel.common.types.SimpleType;
import dev.cel.runtime.CelFunctionOverload.Unary;

/** Functions on addresses and ranges of them: {@code ip} and {@code cidr}. Stateless. */
final class AddressFunctions {
    private static final CelType TEXT = SimpleType.STRING;
    private static final CelType TRUTH = SimpleType.BOOL;

    static final CelType ADDRESS = OpaqueType.create("net.IP");
    static final CelType RANGE = OpaqueType.create("net.CIDR");

    private AddressFunctions() {}

    static void addTo(FunctionSet functions) {
        functions
                .global("ip", "string_to_ip", ADDRESS, TEXT, String.class, IpAddress::parse)
                .global("isIP", "is_ip", TRUTH, TEXT, String.class, text -> holds(() -> IpAddress.parse(text)))
                .global(
                        "ip.isCanonical",
                        "ip_is_canonical",
                        TRUTH,
                        TEXT,
                        String.class,
                        text -> IpAddress.parse(text).toString().equals(text))
                .global("string", "ip_to_string", TEXT, ADDRESS, IpAddress.class, IpAddress::toString)
                .member("family", "ip_family", SimpleType.INT, ADDRESS, IpAddress.class, ip -> (long) ip.family());
        question("isUnspecified", "ip_is_unspecified", IpAddress::isUnspecified, functions);
        question("isLoopback", "ip_is_loopback", IpAddress::isLoopback, functions);
        question("isLinkLocalMulticast", "ip_is_link_local_multicast", IpAddress::isLinkLocalMulticast, functions);
        question("isLinkLocalUnicast", "ip_is_link_local_unicast", IpAddress::isLinkLocalUnicast, functions);
        question("isGlobalUnicast", "ip_is_global_unicast", IpAddress::isGlobalUnicast, functions);
        addRanges(functions);
    }

    private static void question(String name, String id, Unary<IpAddress> body, FunctionSet to) {
        to.member(name, id, TRUTH, ADDRESS, IpAddress.class, body);
    }

    private static void addRanges(FunctionSet functions) {
        functions
                .global("cidr", "string_to_cidr", RANGE, TEXT, String.class, IpRange::parse)
                .global("isCIDR", "is_cidr", TRUTH, TEXT, String.class, text -> holds(() -> IpRange.parse(text)))
                .global("string", "cidr_to_string", TEXT, RANGE, IpRange.class, IpRange::toString)
                .member("ip", "cidr_ip", ADDRESS, RANGE, IpRange.class, IpRange::address)
                .member("masked", "cidr_masked", RANGE, RANGE, IpRange.class, IpRange::masked)
                .member("prefixLength", "cidr_prefix_length", SimpleType.INT, RANGE, IpRange.class, range ->
                        (long) range.length())
                .member(
                        "containsIP",
                        "cidr_contains_ip_string",
                        TRUTH,
                        RANGE,
                        IpRange.class,
                        TEXT,
                        String.class,
                        (range, text) -> range.contains(IpAddress.parse(text)))
                .member(
                        "containsIP",
                        "cidr_contains_ip_ip",
                        TRUTH,
                        RANGE,
                        IpRange.class,
                        ADDRESS,
                        IpAddress.class,
                        IpRange::contains)
                .member(
                        "containsCIDR",
                        "cidr_contains_cidr_string",
                        TRUTH,
                        RANGE,
                        IpRange.class,
                        TEXT,
                        String.class,
                        (range, text) -> range.contains(IpRange.parse(text)))
                .member(
                        "containsCIDR",
                        "cidr_contains_cidr",
                        TRUTH,
                        RANGE,
                        IpRange.class,
                        RANGE,
                        IpRange.class,
                        IpRange::contains);
    }

    private static boolean holds(Runnable parsing) {
        try {
            parsing.run();
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
