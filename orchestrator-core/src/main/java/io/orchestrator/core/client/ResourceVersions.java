package io.orchestrator.core.client;

/** The order of resource versions, which are decimal numbers that count up. */
public final class ResourceVersions {
    private ResourceVersions() {}

    /** By value, without a limit on length. What is no number is older than any. */
    public static int compare(String a, String b) {
        String left = digits(a);
        String right = digits(b);
        return left.length() != right.length() ? Integer.compare(left.length(), right.length()) : left.compareTo(right);
    }

    private static String digits(String version) {
        int start = 0;
        for (int i = 0; i < version.length(); i++) {
            char c = version.charAt(i);
            if (c < '0' || c > '9') {
                return "";
            }
            if (start == i && c == '0') {
                start++;
            }
        }
        return version.substring(start);
    }
}
