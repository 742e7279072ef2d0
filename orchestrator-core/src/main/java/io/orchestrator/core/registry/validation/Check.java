package io.orchestrator.core.registry.validation;

import io.orchestrator.api.meta.IntOrString;
import io.orchestrator.api.meta.Names;
import io.orchestrator.core.registry.address.AddressText;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Small rules that many kinds share. */
final class Check {
    static final List<String> PROTOCOLS = List.of("SCTP", "TCP", "UDP");
    private static final Pattern PERCENT = Pattern.compile("[0-9]{1,9}%");
    private static final Pattern IPV6_SIGNS = Pattern.compile("[0-9a-fA-F:.]+");
    private static final Pattern PREFIX = Pattern.compile("0|[1-9][0-9]{0,2}");
    private static final int MAX_MODE = 0777;

    private Check() {}

    static void notNegative(Path field, @Nullable Number value, Violations violations) {
        if (value != null && value.longValue() < 0) {
            violations.invalid(field, value, "must be greater than or equal to 0");
        }
    }

    static void port(Path field, int value, Violations violations) {
        Names.portNumber(value).forEach(reason -> violations.invalid(field, value, reason));
    }

    /** A port by number or by the name that a container gave it. */
    static void port(Path field, IntOrString value, Violations violations) {
        if (!value.isText()) {
            port(field, value.number(), violations);
        } else {
            violations.invalid(field, value.text(), Names.portName(value.text()));
        }
    }

    /** A count, or a share of the replicas. */
    static void countOrPercent(Path field, @Nullable IntOrString value, Violations violations) {
        if (value == null) {
            return;
        }
        if (!value.isText()) {
            notNegative(field, value.number(), violations);
        } else if (!PERCENT.matcher(value.text()).matches()) {
            violations.invalid(
                    field,
                    value.text(),
                    "a valid percent string must be a numeric string followed by an ending '%' (e.g. '1%',  or '93%')");
        }
    }

    static void mode(Path field, @Nullable Integer mode, Violations violations) {
        if (mode != null && (mode < 0 || mode > MAX_MODE)) {
            violations.invalid(field, mode, "must be a number between 0 and 0777 (octal), both inclusive");
        }
    }

    /** A path below a volume, which must not lead out of it. */
    static void relativePath(Path field, String path, Violations violations) {
        if (path.startsWith("/")) {
            violations.invalid(field, path, "must be a relative path");
        }
        noBacksteps(field, path, violations);
    }

    static void noBacksteps(Path field, String path, Violations violations) {
        if (List.of(path.split("/", -1)).contains("..")) {
            violations.invalid(field, path, "must not contain '..'");
        }
    }

    static boolean isIp(String text) {
        return isIpv4(text) || isIpv6(text);
    }

    static boolean isIpv4(String text) {
        return AddressText.isIpv4(text);
    }

    static void cidr(Path field, String text, Violations violations) {
        if (!isCidr(text)) {
            violations.invalid(field, text, "must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)");
        }
    }

    static boolean isCidr(String text) {
        int slash = text.indexOf('/');
        if (slash < 0) {
            return false;
        }
        String address = text.substring(0, slash);
        String length = text.substring(slash + 1);
        int most = isIpv4(address) ? 32 : 128;
        return isIp(address) && PREFIX.matcher(length).matches() && Integer.parseInt(length) <= most;
    }

    /** By shape only: hexadecimal groups, at most one gap. */
    static boolean isIpv6(String text) {
        if (text.length() > 45
                || text.indexOf(':') < 0
                || !IPV6_SIGNS.matcher(text).matches()) {
            return false;
        }
        int gap = text.indexOf("::");
        if (gap >= 0 && text.indexOf("::", gap + 1) >= 0) {
            return false;
        }
        String[] groups = text.split(":", -1);
        int most = gap >= 0 ? 9 : 8;
        for (String group : groups) {
            if (group.length() > 4 && !isIpv4(group)) {
                return false;
            }
        }
        return groups.length <= most && (gap >= 0 || groups.length >= 7);
    }

    static void immutable(Path field, @Nullable Object wanted, @Nullable Object current, Violations violations) {
        if (!java.util.Objects.equals(wanted, current)) {
            violations.invalid(field, wanted, "field is immutable");
        }
    }
}
