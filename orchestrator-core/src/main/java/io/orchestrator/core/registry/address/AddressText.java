package io.orchestrator.core.registry.address;

import java.util.regex.Pattern;

/** Addresses as text, recognised without asking anybody for names. Pure functions. */
public final class AddressText {
    private static final Pattern IPV4 =
            Pattern.compile("(?:(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)\\.){3}(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)");
    private static final int IPV6_GROUPS = 8;
    private static final int GROUP_DIGITS = 4;
    private static final int IPV4_BITS = 32;
    private static final int IPV6_BITS = 128;

    private AddressText() {}

    public static boolean isIpv4(String text) {
        return text.length() <= 15 && IPV4.matcher(text).matches();
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
