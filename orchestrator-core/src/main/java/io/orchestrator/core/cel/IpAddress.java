package io.orchestrator.core.cel;

import java.util.ArrayList;
import java.util.List;

/**
 * An address of version 4 or 6 of the Internet Protocol. Immutable.
 *
 * @param groups sixteen bits each: eight of version 6, two of version 4
 */
record IpAddress(List<Integer> groups) {
    private static final int GROUPS_OF_SIX = 8;
    private static final int GROUPS_OF_FOUR = 2;
    private static final int BITS_OF_GROUP = 16;
    private static final int ALL = 0xffff;

    IpAddress {
        groups = List.copyOf(groups);
    }

    /**
     * Without a zone, and not of version 4 within version 6.
     *
     * @throws IllegalArgumentException saying what is wrong
     */
    static IpAddress parse(String text) {
        IpAddress address;
        int zone = text.indexOf('%');
        try {
            address = read(zone > 0 && text.indexOf(':') >= 0 ? text.substring(0, zone) : text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "IP Address \"" + text + "\" parse error during conversion from string: ParseAddr(\"" + text
                            + "\"): " + e.getMessage(),
                    e);
        }
        if (zone >= 0) {
            throw new IllegalArgumentException("IP address \"" + text + "\" with zone value is not allowed");
        }
        if (address.isMapped()) {
            throw new IllegalArgumentException("IPv4-mapped IPv6 address \"" + text + "\" is not allowed");
        }
        return address;
    }

    private boolean isMapped() {
        return groups.size() == 8
                && groups.subList(0, 5).stream().allMatch(group -> group == 0)
                && groups.get(5) == ALL;
    }

    private static IpAddress read(String text) {
        if (text.indexOf(':') < 0) {
            if (text.indexOf('.') < 0) {
                throw new IllegalArgumentException("unable to parse IP");
            }
            return new IpAddress(four(text));
        }
        return new IpAddress(six(text));
    }

    private static List<Integer> four(String text) {
        String[] fields = text.split("\\.", -1);
        if (fields.length != 4) {
            throw new IllegalArgumentException(fields.length < 4 ? "IPv4 address too short" : "IPv4 address too long");
        }
        int[] octets = new int[4];
        for (int i = 0; i < 4; i++) {
            String field = fields[i];
            if (field.isEmpty()) {
                throw new IllegalArgumentException("IPv4 field must have at least one digit");
            }
            if (!field.chars().allMatch(c -> c >= '0' && c <= '9')) {
                throw new IllegalArgumentException("unexpected character");
            }
            if (field.length() > 1 && field.startsWith("0")) {
                throw new IllegalArgumentException("IPv4 field has octet with leading zero");
            }
            octets[i] = field.length() > 3 ? Integer.MAX_VALUE : Integer.parseInt(field);
            if (octets[i] > 255) {
                throw new IllegalArgumentException("IPv4 field has value >255");
            }
        }
        return List.of(octets[0] << 8 | octets[1], octets[2] << 8 | octets[3]);
    }

    private static List<Integer> six(String text) {
        int gap = text.indexOf("::");
        if (gap < 0) {
            List<Integer> groups = groups(text);
            if (groups.size() != GROUPS_OF_SIX) {
                throw new IllegalArgumentException(
                        groups.size() < GROUPS_OF_SIX ? "address string too short" : "trailing garbage after address");
            }
            return groups;
        }
        List<Integer> groups = new ArrayList<>(groups(text.substring(0, gap)));
        if (text.substring(0, gap).indexOf('.') >= 0) {
            throw new IllegalArgumentException("embedded IPv4 address must replace the final 2 fields of the address");
        }
        List<Integer> after = groups(text.substring(gap + 2));
        int missing = GROUPS_OF_SIX - groups.size() - after.size();
        if (missing < 1) {
            throw new IllegalArgumentException("the :: must expand to at least one field of zeros");
        }
        for (int i = 0; i < missing; i++) {
            groups.add(0);
        }
        groups.addAll(after);
        return groups;
    }

    private static List<Integer> groups(String text) {
        List<Integer> groups = new ArrayList<>();
        if (text.isEmpty()) {
            return groups;
        }
        String[] fields = text.split(":", -1);
        for (int i = 0; i < fields.length; i++) {
            String field = fields[i];
            if (field.indexOf('.') >= 0) {
                if (i < fields.length - 1) {
                    throw new IllegalArgumentException(
                            "embedded IPv4 address must replace the final 2 fields of the address");
                }
                groups.addAll(four(field));
                continue;
            }
            if (field.isEmpty()) {
                throw new IllegalArgumentException("each colon-separated field must have at least one digit");
            }
            if (!field.chars().allMatch(c -> c < 128 && Character.digit(c, 16) >= 0)) {
                throw new IllegalArgumentException("unexpected character");
            }
            if (field.length() > 4) {
                throw new IllegalArgumentException("each group must have 4 or fewer digits");
            }
            groups.add(Integer.parseInt(field, 16));
        }
        return groups;
    }

    int family() {
        return groups.size() == GROUPS_OF_FOUR ? 4 : 6;
    }

    int bits() {
        return groups.size() * BITS_OF_GROUP;
    }

    private boolean isFour() {
        return family() == 4;
    }

    private int octet(int index) {
        int group = groups.get(index / 2);
        return index % 2 == 0 ? group >> 8 : group & 0xff;
    }

    boolean isUnspecified() {
        return groups.stream().allMatch(group -> group == 0);
    }

    boolean isLoopback() {
        return isFour()
                ? octet(0) == 127
                : groups.get(7) == 1 && groups.subList(0, 7).stream().allMatch(group -> group == 0);
    }

    boolean isLinkLocalMulticast() {
        return isFour() ? groups.get(0) == 0xe000 && octet(2) == 0 : (groups.get(0) & 0xff0f) == 0xff02;
    }

    boolean isLinkLocalUnicast() {
        return isFour() ? groups.get(0) == 0xa9fe : (groups.get(0) & 0xffc0) == 0xfe80;
    }

    private boolean isMulticast() {
        return isFour() ? octet(0) >> 4 == 0xe : octet(0) == 0xff;
    }

    boolean isGlobalUnicast() {
        boolean broadcast = isFour() && groups.stream().allMatch(group -> group == ALL);
        return !broadcast && !isUnspecified() && !isLoopback() && !isMulticast() && !isLinkLocalUnicast();
    }

    /** With all bits behind the first few cleared. */
    IpAddress masked(int length) {
        List<Integer> kept = new ArrayList<>(groups.size());
        for (int i = 0; i < groups.size(); i++) {
            int bits = Math.min(BITS_OF_GROUP, Math.max(0, length - i * BITS_OF_GROUP));
            kept.add(groups.get(i) & ALL << BITS_OF_GROUP - bits & ALL);
        }
        return new IpAddress(kept);
    }

    /** The one form that every address has: the longest row of groups of zeros is left out, the first of several. */
    @Override
    public String toString() {
        if (isFour()) {
            return octet(0) + "." + octet(1) + "." + octet(2) + "." + octet(3);
        }
        int start = -1;
        int length = 1;
        for (int i = 0; i < GROUPS_OF_SIX; i++) {
            int end = i;
            while (end < GROUPS_OF_SIX && groups.get(end) == 0) {
                end++;
            }
            if (end - i > length) {
                start = i;
                length = end - i;
            }
        }
        return start < 0
                ? written(0, GROUPS_OF_SIX)
                : written(0, start) + "::" + written(start + length, GROUPS_OF_SIX);
    }

    private String written(int from, int to) {
        return String.join(
                ":", groups.subList(from, to).stream().map(Integer::toHexString).toList());
    }
}
