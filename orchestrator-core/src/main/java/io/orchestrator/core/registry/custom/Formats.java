package io.orchestrator.core.registry.custom;

import com.google.re2j.Pattern;
import io.orchestrator.api.meta.Names;
import io.orchestrator.core.cel.TextForms;
import io.orchestrator.core.registry.address.AddressText;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** The formats of texts that Kubernetes checks; all others are words for people. Pure functions. */
final class Formats {
    private static final Pattern EMAIL = Pattern.compile("[^@\\s]+@[^@\\s]+\\.?[^@\\s]*");
    private static final Pattern MAC = Pattern.compile("(?:[0-9A-Fa-f]{2}[:-]){5,7}[0-9A-Fa-f]{2}");
    private static final Pattern DOTTED_MAC = Pattern.compile("(?:[0-9A-Fa-f]{4}\\.){2,3}[0-9A-Fa-f]{4}");
    private static final Pattern UUID3 =
            Pattern.compile("(?i)[0-9a-f]{8}-?[0-9a-f]{4}-?3[0-9a-f]{3}-?[0-9a-f]{4}-?[0-9a-f]{12}");
    private static final Pattern UUID4 =
            Pattern.compile("(?i)[0-9a-f]{8}-?[0-9a-f]{4}-?4[0-9a-f]{3}-?[89ab][0-9a-f]{3}-?[0-9a-f]{12}");
    private static final Pattern UUID5 =
            Pattern.compile("(?i)[0-9a-f]{8}-?[0-9a-f]{4}-?5[0-9a-f]{3}-?[89ab][0-9a-f]{3}-?[0-9a-f]{12}");
    private static final Pattern DURATION = Pattern.compile(
            "[+-]?(?:0|(?:(?:[0-9]+(?:\\.[0-9]*)?|\\.[0-9]+)(?:ns|us|µs|μs|ms|s|m|h))+)"
                    + "|[0-9]+\\s*(?:ns|us|µs|ms|s|m|h|d|w|nanos?|micros?|millis?|secs?|seconds?|mins?|minutes?|hours?|days?|weeks?)");
    private static final Pattern OBJECT_ID = Pattern.compile("[0-9a-fA-F]{24}");
    private static final Pattern HEX_COLOR = Pattern.compile("#?(?:[0-9a-fA-F]{3}|[0-9a-fA-F]{6})");
    private static final Pattern RGB_COLOR =
            Pattern.compile("rgb\\(\\s*(?:[0-9]{1,2}|1[0-9]{2}|2[0-4][0-9]|25[0-5])\\s*,"
                    + "\\s*(?:[0-9]{1,2}|1[0-9]{2}|2[0-4][0-9]|25[0-5])\\s*,"
                    + "\\s*(?:[0-9]{1,2}|1[0-9]{2}|2[0-4][0-9]|25[0-5])\\s*\\)");
    private static final Pattern SSN = Pattern.compile("[0-9]{3}[- ]?[0-9]{2}[- ]?[0-9]{4}");
    private static final int HOST_NAME_CHARS = 255;

    private static final Map<String, Predicate<String>> CHECKS = Map.ofEntries(
            Map.entry("bsonobjectid", OBJECT_ID::matches),
            Map.entry("uri", TextForms::isUri),
            Map.entry("email", EMAIL::matches),
            Map.entry("hostname", Formats::isHostName),
            Map.entry("ipv4", AddressText::isIpv4),
            Map.entry("ipv6", AddressText::isIpv6),
            Map.entry("cidr", AddressText::isCidr),
            Map.entry("mac", text -> MAC.matches(text) || DOTTED_MAC.matches(text)),
            Map.entry("uuid", TextForms::isUuid),
            Map.entry("uuid3", UUID3::matches),
            Map.entry("uuid4", UUID4::matches),
            Map.entry("uuid5", UUID5::matches),
            Map.entry("hexcolor", HEX_COLOR::matches),
            Map.entry("rgbcolor", RGB_COLOR::matches),
            Map.entry("ssn", SSN::matches),
            Map.entry("byte", TextForms::isBase64),
            Map.entry("date", TextForms::isDate),
            Map.entry("date-time", TextForms::isDateTime),
            Map.entry("datetime", TextForms::isDateTime),
            Map.entry("duration", DURATION::matches));

    private Formats() {}

    /** All that are checked. */
    static Set<String> known() {
        return CHECKS.keySet();
    }

    /** Whether a text has this format, or the format is none that is checked. */
    static boolean holds(String format, String text) {
        Predicate<String> check = CHECKS.get(format);
        return check == null || check.test(text);
    }

    private static boolean isHostName(String text) {
        return text.length() <= HOST_NAME_CHARS
                && Names.dnsSubdomain(text.toLowerCase(java.util.Locale.ROOT)).isEmpty();
    }
}
