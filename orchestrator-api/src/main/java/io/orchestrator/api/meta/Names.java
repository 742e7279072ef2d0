package io.orchestrator.api.meta;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What may be a name, and where. Every check gives the reasons against a text, in words that follow the name of the field; none
 * means that the text will do.
 */
public final class Names {
    public static final int LABEL_LENGTH = 63;
    public static final int SUBDOMAIN_LENGTH = 253;

    private static final int PORT_NAME_LENGTH = 15;
    private static final String LABEL_FORM = "[a-z0-9]([-a-z0-9]*[a-z0-9])?";
    private static final String NAME_FORM = "([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]";
    private static final String SUBDOMAIN_FORM = LABEL_FORM + "(\\." + LABEL_FORM + ")*";
    private static final Pattern DNS_1035 = Pattern.compile("[a-z]([-a-z0-9]*[a-z0-9])?");
    private static final Pattern CONFIG_KEY = Pattern.compile("[-._a-zA-Z0-9]+");
    private static final Pattern HTTP_HEADER = Pattern.compile("[-A-Za-z0-9]+");
    private static final Pattern C_IDENTIFIER = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    private Names() {}

    /** A part between the dots of a DNS name: namespaces, containers, volumes, services' pods. */
    public static List<String> dnsLabel(String text) {
        if (text.length() <= LABEL_LENGTH && isLabel(text, 0, text.length())) {
            return List.of();
        }
        List<String> reasons = tooLong(text, LABEL_LENGTH);
        if (reasons.isEmpty() && !isLabel(text, 0, text.length())) {
            reasons.add(
                    text.contains(".")
                            ? "must not contain dots"
                            : form(
                                    "a lowercase RFC 1123 label takes the letters a-z, digits and '-', and begins and ends with a letter or digit",
                                    LABEL_FORM));
        }
        return reasons;
    }

    /** A DNS name: what most objects are called. */
    public static List<String> dnsSubdomain(String text) {
        if (text.length() <= SUBDOMAIN_LENGTH && isSubdomain(text, text.length())) {
            return List.of();
        }
        List<String> reasons = tooLong(text, SUBDOMAIN_LENGTH);
        if (reasons.isEmpty()) {
            reasons.add(form(
                    "a lowercase RFC 1123 subdomain takes the letters a-z, digits, '-' and '.', and begins and ends with a letter or digit",
                    SUBDOMAIN_FORM));
        }
        return reasons;
    }

    /** As {@link #dnsLabel}, but a letter comes first: services. */
    public static List<String> dns1035Label(String text) {
        List<String> reasons = tooLong(text, LABEL_LENGTH);
        if (reasons.isEmpty() && !DNS_1035.matcher(text).matches()) {
            reasons.add(form(
                    "a DNS-1035 label takes the letters a-z, digits and '-', begins with a letter and ends with a letter or digit",
                    DNS_1035.pattern()));
        }
        return reasons;
    }

    /** A label's key, an annotation's key, a finalizer: a name, with a DNS name and a slash before it if need be. */
    public static List<String> qualifiedName(String text) {
        int slash = text.indexOf('/');
        if (isQualified(text, slash)) {
            return List.of();
        }
        List<String> reasons = new ArrayList<>();
        String name = text.substring(slash + 1);
        if (name.contains("/")) {
            reasons.add("a qualified name has at most one '/': a DNS subdomain, then the name");
            return reasons;
        }
        if (slash == 0) {
            reasons.add("prefix part must be non-empty");
        } else if (slash > 0) {
            dnsSubdomain(text.substring(0, slash)).forEach(reason -> reasons.add("prefix part " + reason));
        }
        if (name.isEmpty()) {
            reasons.add("name part must be non-empty");
        } else if (name.length() > LABEL_LENGTH) {
            reasons.add("name part " + lengthReason(LABEL_LENGTH));
        }
        if (name.length() <= LABEL_LENGTH && !isName(name, 0)) {
            reasons.add("name part "
                    + form(
                            "takes letters, digits, '-', '_' and '.', and begins and ends with a letter or digit",
                            NAME_FORM));
        }
        return reasons;
    }

    public static List<String> labelValue(String text) {
        if (text.isEmpty() || text.length() <= LABEL_LENGTH && isName(text, 0)) {
            return List.of();
        }
        List<String> reasons = tooLong(text, LABEL_LENGTH);
        if (reasons.isEmpty()) {
            reasons.add(form(
                    "a valid label is empty or takes letters, digits, '-', '_' and '.', and begins and ends with a letter or digit",
                    NAME_FORM));
        }
        return reasons;
    }

    /** The name of a port: as IANA has it, at most fifteen characters with a letter among them. */
    public static List<String> portName(String text) {
        List<String> reasons = tooLong(text, PORT_NAME_LENGTH);
        if (!text.chars().allMatch(c -> (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-')
                || text.isEmpty()) {
            reasons.add("must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)");
        }
        if (text.chars().noneMatch(c -> c >= 'a' && c <= 'z')) {
            reasons.add("must contain at least one letter (a-z)");
        }
        if (text.contains("--")) {
            reasons.add("must not contain consecutive hyphens");
        }
        if (text.startsWith("-") || text.endsWith("-")) {
            reasons.add("must not begin or end with a hyphen");
        }
        return reasons;
    }

    public static List<String> portNumber(int port) {
        return port >= 1 && port <= 65535 ? List.of() : List.of("must be between 1 and 65535, inclusive");
    }

    /** A key of a config map or secret, which may become the name of a file. */
    public static List<String> configKey(String text) {
        List<String> reasons = tooLong(text, SUBDOMAIN_LENGTH);
        if (reasons.isEmpty() && !CONFIG_KEY.matcher(text).matches()) {
            reasons.add(form("a valid config key takes letters, digits, '-', '_' and '.'", CONFIG_KEY.pattern()));
        }
        if (text.equals(".") || text.equals("..")) {
            reasons.add("must not be '" + text + "'");
        } else if (text.startsWith("..")) {
            reasons.add("must not start with '..'");
        }
        return reasons;
    }

    public static List<String> environmentVariable(String text) {
        if (text.isEmpty()) {
            return List.of("must be non-empty");
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' || c > '~' || c == '=') {
                return List.of("must consist only of printable ASCII characters other than '='");
            }
        }
        return List.of();
    }

    public static List<String> cIdentifier(String text) {
        return C_IDENTIFIER.matcher(text).matches()
                ? List.of()
                : List.of(form(
                        "a valid C identifier takes letters, digits and '_', and begins with no digit",
                        C_IDENTIFIER.pattern()));
    }

    public static List<String> httpHeader(String text) {
        return HTTP_HEADER.matcher(text).matches()
                ? List.of()
                : List.of(form("a valid HTTP header takes letters, digits and '-'", HTTP_HEADER.pattern()));
    }

    /** What can stand in a path as it is: names of roles and their like. */
    public static List<String> pathSegment(String text) {
        List<String> reasons = new ArrayList<>();
        if (text.equals(".") || text.equals("..")) {
            reasons.add("may not be '" + text + "'");
        }
        if (text.contains("/")) {
            reasons.add("may not contain '/'");
        }
        if (text.contains("%")) {
            reasons.add("may not contain '%'");
        }
        return reasons;
    }

    // Every write checks dozens of names, so the usual forms are read without a regular expression, and good ones
    // without a list of reasons.

    /** @param slash where the first one is; below 0 for none */
    private static boolean isQualified(String text, int slash) {
        boolean prefixed = slash > 0 && slash <= SUBDOMAIN_LENGTH && isSubdomain(text, slash);
        return (slash < 0 || prefixed) && text.length() - slash - 1 <= LABEL_LENGTH && isName(text, slash + 1);
    }

    /** @param to where it ends in the text */
    private static boolean isSubdomain(String text, int to) {
        int from = 0;
        for (int dot = text.indexOf('.'); dot >= 0 && dot < to; dot = text.indexOf('.', from)) {
            if (!isLabel(text, from, dot)) {
                return false;
            }
            from = dot + 1;
        }
        return isLabel(text, from, to);
    }

    private static boolean isLabel(String text, int from, int to) {
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            if (!isLower(c) && !isDigit(c) && (c != '-' || i == from || i == to - 1)) {
                return false;
            }
        }
        return from < to;
    }

    /** @param from where it begins in the text, with which it ends */
    private static boolean isName(String text, int from) {
        int last = text.length() - 1;
        for (int i = from; i <= last; i++) {
            char c = text.charAt(i);
            boolean inner = i > from && i < last && (c == '-' || c == '_' || c == '.');
            if (!isLower(c) && !isDigit(c) && (c < 'A' || c > 'Z') && !inner) {
                return false;
            }
        }
        return last >= from;
    }

    private static boolean isLower(char c) {
        return c >= 'a' && c <= 'z';
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    static void require(List<String> reasons, String what, String text) {
        if (!reasons.isEmpty()) {
            throw new IllegalArgumentException("invalid " + what + " \"" + text + "\": " + String.join("; ", reasons));
        }
    }

    private static List<String> tooLong(String text, int limit) {
        List<String> reasons = new ArrayList<>();
        if (text.length() > limit) {
            reasons.add(lengthReason(limit));
        }
        return reasons;
    }

    private static String lengthReason(int limit) {
        return "must be no more than " + limit + " characters";
    }

    private static String form(String words, String regex) {
        return words + " (regex used for validation is '" + regex + "')";
    }
}
