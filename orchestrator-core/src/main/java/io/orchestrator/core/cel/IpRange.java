package io.orchestrator.core.cel;

import org.jspecify.annotations.Nullable;

/**
 * An address and how many of its bits name the network. Immutable.
 *
 * @param address whose other bits may be anything
 */
record IpRange(IpAddress address, int length) {

    /** @throws IllegalArgumentException saying what is wrong */
    static IpRange parse(String text) {
        int slash = text.lastIndexOf('/');
        if (slash < 0) {
            throw failure(text, "no '/'", null);
        }
        IpAddress address;
        try {
            address = IpAddress.parse(text.substring(0, slash));
        } catch (IllegalArgumentException e) {
            throw failure(text, String.valueOf(e.getMessage()), e);
        }
        String bits = text.substring(slash + 1);
        boolean number = !bits.isEmpty()
                && bits.chars().allMatch(c -> c >= '0' && c <= '9')
                && (bits.length() == 1 || !bits.startsWith("0"));
        if (!number) {
            throw failure(text, "bad bits after slash: \"" + bits + "\"", null);
        }
        int length = bits.length() > 3 ? Integer.MAX_VALUE : Integer.parseInt(bits);
        if (length > address.bits()) {
            throw failure(text, "prefix length out of range", null);
        }
        return new IpRange(address, length);
    }

    private static IllegalArgumentException failure(String text, String reason, @Nullable Throwable cause) {
        return new IllegalArgumentException(
                "network address parse error during conversion from string: netip.ParsePrefix(\"" + text + "\"): "
                        + reason,
                cause);
    }

    boolean contains(IpAddress other) {
        return other.family() == address.family() && other.masked(length).equals(masked().address());
    }

    boolean contains(IpRange other) {
        return length <= other.length && contains(other.address);
    }

    /** The network itself. */
    IpRange masked() {
        return new IpRange(address.masked(length), length);
    }

    @Override
    public String toString() {
        return address + "/" + length;
    }
}
