package io.orchestrator.core.registry.address;

/** Addresses as text, recognised without asking anybody for names. Pure functions. */
public final class AddressText {
    private static final int IPV4_PARTS = 4;
    private static final int LARGEST_PART = 255;
    private static final int IPV6_GROUPS = 8;
    private static final int GROUP_DIGITS = 4;
    private static final int IPV4_BITS = 32;
    private static final int IPV6_BITS = 128;

    private AddressText() {}

    /** Four decimal numbers up to 255, none with a leading zero. Asked for every endpoint of every slice that is written. */
    public static boolean isIpv4(String text) {
        int parts = 0;
        int position = 0;
        while (parts < IPV4_PARTS) {
            int begin = position;
            int value = 0;
            while (position < text.length() && isDigit(text.charAt(position)) && value <= LARGEST_PART) {
                value = 10 * value + text.charAt(position) - '0';
                position++;
            }
            boolean leadingZero = position - begin > 1 && text.charAt(begin) == '0';
            if (position == begin || leadingZero || value > LARGEST_PART) {
                return false;
            }
            parts++;
            if (parts < IPV4_PARTS && (position == text.length() || text.charAt(position++) != '.')) {
                return false;
            }
        }
        return position == text.length();
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    /** With at most one {@code ::}, and an IPv4 address for the last two groups if it likes. */
    public static boolean isIpv6(String text) {
        int gap = text.indexOf("::");
        if (gap >= 0 && text.indexOf("::", gap + 1) >= 0 || text.length() > 45) {
            return false;
        }
        int groups = gap < 0
                ? groups(text, true)
                : sum(groups(text.substring(0, gap), false), groups(text.substring(gap + 2), true));
        return gap < 0 ? groups == IPV6_GROUPS : groups >= 0 && groups < IPV6_GROUPS;
    }

    private static int sum(int before, int after) {
        return before < 0 || after < 0 ? -1 : before + after;
    }

    /** How many groups there are; negative when one of them is none. */
    private static int groups(String text, boolean mayEndInIpv4) {
        if (text.isEmpty()) {
            return 0;
        }
        String[] groups = text.split(":", -1);
        int count = 0;
        for (int i = 0; i < groups.length; i++) {
            String group = groups[i];
            if (i == groups.length - 1 && mayEndInIpv4 && group.indexOf('.') >= 0) {
                if (!isIpv4(group)) {
                    return -1;
                }
                count += 2;
            } else if (group.isEmpty()
                    || group.length() > GROUP_DIGITS
                    || !group.chars().allMatch(digit -> Character.digit(digit, 16) >= 0)) {
                return -1;
            } else {
                count++;
            }
        }
        return count;
    }

    public static boolean isCidr(String text) {
        int slash = text.indexOf('/');
        if (slash < 0) {
            return false;
        }
        String address = text.substring(0, slash);
        String bits = text.substring(slash + 1);
        if (bits.isEmpty() || bits.length() > 3 || !bits.chars().allMatch(Character::isDigit)) {
            return false;
        }
        int length = Integer.parseInt(bits);
        return isIpv4(address) && length <= IPV4_BITS || isIpv6(address) && length <= IPV6_BITS;
    }
}
