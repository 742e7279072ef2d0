package io.orchestrator.core.cel;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads locations by the rules of Go's {@code net/url}, and says in its words what is wrong. Pure functions. */
final class UrlReader {
    private static final String PLAIN_IN_PATH = "-_.~$&+,/:;=@";
    /** What a path keeps as it is when it was written so, though it would be escaped otherwise. */
    private static final String KEPT_IN_PATH = "!'()*[]%";

    private static final String PLAIN_IN_HOST = "-_.~!$&'()*+,;=:[]<>\"";
    private static final String PLAIN_IN_USER = "-._:~!$&'()*+,;=%@";
    private static final String PERCENT = "%25";
    private static final int ASCII = 0x80;

    private UrlReader() {}

    /**
     * @param request whether there is no fragment, and a path is absolute
     * @throws IllegalArgumentException when it is none
     */
    static Url read(String text, boolean request) {
        if (text.chars().anyMatch(c -> c < ' ' || c == 0x7f)) {
            throw failure(text, "net/url: invalid control character in URL");
        }
        if (text.isEmpty() && request) {
            throw failure(text, "empty url");
        }
        if (text.equals("*")) {
            return new Url("", "", "*", "");
        }
        int colon = schemeLength(text);
        if (colon == 0) {
            throw failure(text, "missing protocol scheme");
        }
        String scheme = colon < 0 ? "" : text.substring(0, colon).toLowerCase(Locale.ROOT);
        String rest = text.substring(colon + 1);
        int mark = rest.indexOf('?');
        String query = mark < 0 ? "" : rest.substring(mark + 1);
        rest = mark < 0 ? rest : rest.substring(0, mark);
        if (!rest.startsWith("/")) {
            if (!scheme.isEmpty()) {
                return new Url(scheme, "", "", query);
            }
            throw failure(text, "invalid URI for request");
        }
        String host = "";
        if (rest.startsWith("//") && (!scheme.isEmpty() || !request && !rest.startsWith("///"))) {
            int slash = rest.indexOf('/', 2);
            host = host(text, slash < 0 ? rest.substring(2) : rest.substring(2, slash));
            rest = slash < 0 ? "" : rest.substring(slash);
        }
        checkEscapes(text, rest);
        return new Url(scheme, host, path(rest), query);
    }

    static void checkFragment(String text, String fragment) {
        checkEscapes(text, fragment);
    }

    /** Where the colon after the scheme is; negative where there is none. */
    private static int schemeLength(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == ':') {
                return i;
            }
            boolean later = i > 0 && (c >= '0' && c <= '9' || c == '+' || c == '-' || c == '.');
            if (!isLetter(c) && !later) {
                return -1;
            }
        }
        return -1;
    }

    private static String host(String text, String authority) {
        int at = authority.lastIndexOf('@');
        String host = authority.substring(at + 1);
        int bracket = host.lastIndexOf(']');
        int port = host.lastIndexOf(':');
        if (host.startsWith("[")) {
            if (bracket < 0) {
                throw failure(text, "missing ']' in host");
            }
            port = bracket + 1;
        }
        if (port >= 0 && port < host.length() && !isPort(host.substring(port))) {
            throw failure(text, "invalid port \"" + host.substring(port) + "\" after host");
        }
        checkHost(text, host, host.startsWith("[") ? host.substring(0, bracket).indexOf(PERCENT) : -1);
        if (at >= 0) {
            String user = authority.substring(0, at);
            if (!user.chars().allMatch(c -> isLetter(c) || isDigit(c) || PLAIN_IN_USER.indexOf(c) >= 0)) {
                throw failure(text, "net/url: invalid userinfo");
            }
            checkEscapes(text, user);
        }
        return new String(unescaped(host.getBytes(StandardCharsets.UTF_8)), StandardCharsets.UTF_8);
    }

    /** @param zone where the name of an interface begins; negative for none */
    private static void checkHost(String text, String host, int zone) {
        checkEscapes(text, host);
        for (int i = 0; i < host.length(); i++) {
            char c = host.charAt(i);
            if (c == '%') {
                String escape = host.substring(i, i + 3);
                int value = Integer.parseInt(escape.substring(1), 16);
                boolean inZone = zone >= 0 && i >= zone && (value == ' ' || isPlainInHost(value));
                if (value < ASCII && !escape.equals(PERCENT) && !inZone) {
                    throw failure(text, "invalid URL escape \"" + escape + "\"");
                }
                i += 2;
            } else if (!isPlainInHost(c)) {
                throw failure(text, "invalid character \"" + c + "\" in host name");
            }
        }
    }

    private static boolean isPlainInHost(int c) {
        return c >= ASCII || isLetter(c) || isDigit(c) || PLAIN_IN_HOST.indexOf(c) >= 0;
    }

    /** A colon and digits, or no digit. */
    static boolean isPort(String text) {
        return text.startsWith(":") && text.chars().skip(1).allMatch(UrlReader::isDigit);
    }

    private static String path(String written) {
        byte[] bytes = written.getBytes(StandardCharsets.UTF_8);
        boolean asIs = true;
        for (byte each : bytes) {
            asIs &= isPlainInPath(each) || KEPT_IN_PATH.indexOf(each) >= 0;
        }
        if (asIs) {
            return written;
        }
        StringBuilder path = new StringBuilder();
        for (byte each : unescaped(bytes)) {
            if (isPlainInPath(each)) {
                path.append((char) each);
            } else {
                path.append('%').append(HexFormat.of().withUpperCase().toHexDigits(each));
            }
        }
        return path.toString();
    }

    private static boolean isPlainInPath(byte c) {
        return isLetter(c) || isDigit(c) || PLAIN_IN_PATH.indexOf(c) >= 0;
    }

    /** Of text whose escapes have been checked. */
    static byte[] unescaped(byte[] text) {
        ByteArrayOutputStream plain = new ByteArrayOutputStream(text.length);
        for (int i = 0; i < text.length; i++) {
            if (text[i] == '%') {
                plain.write(Character.digit(text[i + 1], 16) << 4 | Character.digit(text[i + 2], 16));
                i += 2;
            } else {
                plain.write(text[i]);
            }
        }
        return plain.toByteArray();
    }

    private static void checkEscapes(String text, String part) {
        String bad = badEscape(part);
        if (bad != null) {
            throw failure(text, "invalid URL escape \"" + bad + "\"");
        }
    }

    /** The first percent sign that no two hexadecimal digits follow, with what stands there instead; null when all are well. */
    static @Nullable String badEscape(String text) {
        for (int i = text.indexOf('%'); i >= 0; i = text.indexOf('%', i + 1)) {
            if (i + 2 >= text.length()
                    || !HexFormat.isHexDigit(text.charAt(i + 1))
                    || !HexFormat.isHexDigit(text.charAt(i + 2))) {
                return text.substring(i, Math.min(text.length(), i + 3));
            }
        }
        return null;
    }

    private static boolean isLetter(int c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
    }

    private static boolean isDigit(int c) {
        return c >= '0' && c <= '9';
    }

    private static IllegalArgumentException failure(String text, String reason) {
        return new IllegalArgumentException("parse \"" + text + "\": " + reason);
    }
}
