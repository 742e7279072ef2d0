package io.orchestrator.core.codec.yaml;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BigIntegerNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.orchestrator.core.codec.DecodeException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.regex.Pattern;

/**
 * What a plain YAML scalar means, as kubectl reads it: YAML 1.1 booleans ({@code yes}, {@code on}, {@code y}), octal with
 * a leading zero, hexadecimal, binary, underscores in numbers; neither base 60 nor timestamps, which stay strings.
 */
final class YamlScalars {
    private static final Pattern INTEGER =
            Pattern.compile("([-+]?)(0[xX][0-9a-fA-F]+|0[bB][01]+|0[oO]?[0-7]+|0|[1-9][0-9]*)");
    private static final Pattern FLOAT = Pattern.compile("[-+]?(\\.[0-9]+|[0-9]+(\\.[0-9]*)?)([eE][-+]?[0-9]+)?");
    /** A number of more digits than this is no number in any field that we know. */
    private static final int MAX_DIGITS = 400;
    /** Beyond what a double can say, so that no later step writes out a number of a million digits. */
    private static final int MAX_EXPONENT = 400;

    private YamlScalars() {}

    static JsonNode plain(String text) {
        switch (text) {
            case "", "~", "null", "Null", "NULL":
                return NullNode.instance;
            case "y", "Y", "yes", "Yes", "YES", "true", "True", "TRUE", "on", "On", "ON":
                return BooleanNode.TRUE;
            case "n", "N", "no", "No", "NO", "false", "False", "FALSE", "off", "Off", "OFF":
                return BooleanNode.FALSE;
            case ".nan", ".NaN", ".NAN", ".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF", "-.inf", "-.Inf", "-.INF":
                throw new DecodeException("error converting YAML to JSON: json: unsupported value: " + text);
            default:
                break;
        }
        char first = text.charAt(0);
        boolean numeric = first == '+' || first == '-' || first == '.' || (first >= '0' && first <= '9');
        return numeric && text.length() <= MAX_DIGITS ? number(text) : TextNode.valueOf(text);
    }

    private static JsonNode number(String text) {
        String digits = text.charAt(0) == '.' ? text : text.replace("_", "");
        var integer = INTEGER.matcher(digits);
        if (integer.matches()) {
            return integer(integer.group(1).equals("-"), integer.group(2));
        }
        if (FLOAT.matcher(digits).matches()) {
            return decimal(text, digits);
        }
        return TextNode.valueOf(text);
    }

    private static JsonNode integer(boolean negative, String digits) {
        int base = 10;
        String rest = digits;
        if (digits.length() > 1 && digits.charAt(0) == '0') {
            char mark = Character.toLowerCase(digits.charAt(1));
            base = mark == 'x' ? 16 : mark == 'b' ? 2 : 8;
            rest = digits.substring(Character.isLetter(mark) ? 2 : 1);
        }
        BigInteger value = new BigInteger(rest, base);
        return whole(negative ? value.negate() : value);
    }

    private static JsonNode decimal(String text, String digits) {
        BigDecimal value;
        try {
            value = new BigDecimal(digits);
        } catch (NumberFormatException e) {
            return TextNode.valueOf(text);
        }
        if (Math.abs((long) value.precision() - value.scale()) > MAX_EXPONENT) {
            return TextNode.valueOf(text);
        }
        boolean whole = value.stripTrailingZeros().scale() <= 0;
        return whole && value.precision() - value.scale() < 21
                ? whole(value.toBigInteger())
                : DecimalNode.valueOf(value);
    }

    private static JsonNode whole(BigInteger value) {
        if (value.bitLength() < Integer.SIZE) {
            return IntNode.valueOf(value.intValue());
        }
        return value.bitLength() < Long.SIZE ? LongNode.valueOf(value.longValue()) : BigIntegerNode.valueOf(value);
    }
}
