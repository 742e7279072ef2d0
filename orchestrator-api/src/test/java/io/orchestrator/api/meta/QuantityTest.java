package io.orchestrator.api.meta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.orchestrator.api.meta.Quantity.Format;
import java.math.BigDecimal;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QuantityTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0, DECIMAL_SI",
        "0n, 0, DECIMAL_SI",
        "0Ki, 0, BINARY_SI",
        "00, 0, DECIMAL_SI",
        "0e3, 0, DECIMAL_EXPONENT",
        "1, 1, DECIMAL_SI",
        "9, 9, DECIMAL_SI",
        "5n, 5e-9, DECIMAL_SI",
        "4u, 4e-6, DECIMAL_SI",
        "3m, 3e-3, DECIMAL_SI",
        "8k, 8e3, DECIMAL_SI",
        "50k, 50e3, DECIMAL_SI",
        "7M, 7e6, DECIMAL_SI",
        "6G, 6e9, DECIMAL_SI",
        "5T, 5e12, DECIMAL_SI",
        "2P, 2e15, DECIMAL_SI",
        "1E, 1e18, DECIMAL_SI",
        "12E, 12e18, DECIMAL_SI",
        "1Ki, 1024, BINARY_SI",
        "7Mi, 7340032, BINARY_SI",
        "6Gi, 6442450944, BINARY_SI",
        "5Ti, 5497558138880, BINARY_SI",
        "4Pi, 4503599627370496, BINARY_SI",
        "3Ei, 3458764513820540928, BINARY_SI",
        "1E-3, 1e-3, DECIMAL_EXPONENT",
        "1e3, 1e3, DECIMAL_EXPONENT",
        "1.3E+6, 13e5, DECIMAL_EXPONENT",
        "1.7E18, 17e17, DECIMAL_EXPONENT",
        "100.035k, 100035, DECIMAL_SI",
        "0.0005k, 0.5, DECIMAL_SI",
        "0.00500, 0.005, DECIMAL_SI",
        "2.5P, 25e14, DECIMAL_SI",
        "100.035Ki, 102435.84, BINARY_SI",
        "0.5Mi, 524288, BINARY_SI",
        "0.025Ti, 27487790694.4, BINARY_SI",
        ".001, 0.001, DECIMAL_SI",
        ".0001k, 0.1, DECIMAL_SI",
        "1., 1, DECIMAL_SI",
        "1.G, 1e9, DECIMAL_SI",
        "+5, 5, DECIMAL_SI",
        "-1.5Gi, -1610612736, BINARY_SI",
        "007, 7, DECIMAL_SI"
    })
    void everySuffixStandsForItsAmount(String text, BigDecimal amount, Format format) {
        Quantity quantity = Quantity.parse(text);
        assertThat(quantity.toBigDecimal()).isEqualByComparingTo(amount);
        assertThat(quantity.format()).isEqualTo(format);
    }

    @ParameterizedTest
    @CsvSource({
        "3.001n, 4n",
        "1.1E-9, 2e-9",
        "0.0000000001, 1n",
        "0.5e-9, 1e-9",
        "0.9n, 1n",
        "0.00000012345, 124n",
        ".000000000001Ki, 2n",
        "-0.9n, -1n",
        "1e-30, 1e-9",
        "1e-99999999999999999999, 1e-9"
    })
    void whatIsFinerThanABillionthRoundsAwayFromZero(String text, String rounded) {
        assertThat(Quantity.parse(text)).hasToString(rounded);
    }

    @ParameterizedTest
    @CsvSource({
        "1024Mi, 1Gi",
        "307200Ki, 300Mi",
        "6Ki, 6Ki",
        "1025024Mi, 1001Gi",
        "1024Gi, 1Ti",
        "5000m, 5",
        "0.5, 500m",
        "1000M, 1G",
        "0.001T, 1G",
        "1000u, 1m",
        "80m, 80m",
        "1.08, 1080m",
        "1080000000n, 1080m",
        "1234567M, 1234567M",
        ".001e12, 1e9",
        "0.001e0, 1e-3",
        "1000e-12, 1e-9",
        "1e3, 1e3",
        "1e4, 10e3",
        "1e5, 100e3",
        "1000e3, 1e6",
        "00, 0",
        "0Mi, 0",
        "-0, 0",
        ".001Ki, 1024m",
        ".000001Ki, 1024u",
        "0.5Ki, 512",
        "1.5Gi, 1536Mi",
        "1000, 1k",
        "1500, 1500",
        "1500m, 1500m",
        "1000000, 1M",
        "100.035Ki, 102435840m",
        "1Ei, 1Ei",
        "1000E, 1000E",
        "1e21, 1e21",
        "0.1Mi, 104857600m"
    })
    void theCanonicalFormIsTheShortestWithoutAFraction(String text, String canonical) {
        assertThat(Quantity.parse(text)).hasToString(canonical);
        assertThat(Quantity.parse(text).canonical()).isEqualTo(canonical);
        assertThat(Quantity.parse(canonical)).hasToString(canonical);
    }

    @ParameterizedTest
    @CsvSource({"+5, 5", "007, 7", "1.500, 1500m", "1.250k, 1250", "0100m, 100m", "+1025Mi, 1025Mi"})
    void aShortNumberKeepsItsTextAsUpstreamDoes(String text, String canonical) {
        assertThat(Quantity.parse(text)).hasToString(text);
        assertThat(Quantity.parse(text).canonical()).isEqualTo(canonical);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", "1.1.M", "1+1.0M", "0.1mi", "0.1am", "aoeu", ".5i", "1i", "-3.01i", "-3.01e-", " 1", "1 ", "1K",
                "1mi", "abc", "1e", "1e+", "0x10", "1_000", "12ee3", "1e1.5", "--1", "1KiB", "1e1001", "\u0661"
            })
    void whatIsNoQuantityIsRefused(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> Quantity.parse(text));
    }

    @Test
    void hostileTextsAreRefusedAtOnce() {
        assertThatIllegalArgumentException().isThrownBy(() -> Quantity.parse("9".repeat(1_000_000)));
        assertThatIllegalArgumentException().isThrownBy(() -> Quantity.parse("1e999999999"));
        assertThat(Quantity.parse("1e1000").value()).isEqualTo(Long.MAX_VALUE);
        assertThat(Quantity.parse("-1e1000").milliValue()).isEqualTo(Long.MIN_VALUE);
    }

    @ParameterizedTest
    @CsvSource({"9Ei", "9223372036854775807Ki", "100Ei"})
    void binaryAmountsEndAtTheLargestLong(String text) {
        assertThat(Quantity.parse(text).value()).isEqualTo(Long.MAX_VALUE);
        assertThat(Quantity.parse("-" + text).value()).isEqualTo(-Long.MAX_VALUE);
    }

    @ParameterizedTest
    @CsvSource({
        "1, 1, 1000",
        "100m, 1, 100",
        "1500m, 2, 1500",
        "1n, 1, 1",
        "9.01, 10, 9010",
        "-9.01, -10, -9010",
        "1Ki, 1024, 1024000",
        "0, 0, 0",
        "0.1m, 1, 1",
        "2, 2, 2000",
        "1e3, 1000, 1000000",
        "0e1000, 0, 0",
        "99999999999999999, 99999999999999999, 9223372036854775807",
        "9007199254740993m, 9007199254741, 9007199254740993"
    })
    void valuesAreWholeAndRoundedUp(String text, long value, long milliValue) {
        assertThat(Quantity.parse(text).value()).isEqualTo(value);
        assertThat(Quantity.parse(text).milliValue()).isEqualTo(milliValue);
    }

    @ParameterizedTest
    @CsvSource({"1024Mi, 1Gi", "0.5, 500m", "1e3, 1k", "1000m, 1", "0, 0Ki", "1.0, 1"})
    void equalAmountsAreEqualWhateverTheyLookLike(String one, String other) {
        assertThat(Quantity.parse(one)).isEqualTo(Quantity.parse(other)).hasSameHashCodeAs(Quantity.parse(other));
        assertThat(Quantity.parse(one)).isEqualByComparingTo(Quantity.parse(other));
    }

    @ParameterizedTest
    @CsvSource({"100m, 1", "1023Mi, 1Gi", "1G, 1Gi", "-1, 0", "999n, 1u"})
    void smallerAmountsComeFirst(String smaller, String larger) {
        assertThat(Quantity.parse(smaller)).isLessThan(Quantity.parse(larger));
    }

    @ParameterizedTest
    @CsvSource({
        "1, 500m, 1500m",
        "512Mi, 512Mi, 1Gi",
        "1Gi, 0, 1Gi",
        "0, 1Gi, 1Gi",
        "1Gi, 1, 1073741825",
        "1, 1Ki, 1025",
        "9223372036854775807, 1, 9223372036854775808",
        "1k, 1, 1001",
        "1e3, 1, 1001",
        "1e3, 1e3, 2e3"
    })
    void aSumHasTheFormatOfTheFirstThatIsNotZero(String one, String other, String sum) {
        assertThat(Quantity.parse(one).plus(Quantity.parse(other))).hasToString(sum);
    }

    @ParameterizedTest
    @CsvSource({"1, 500m, 500m", "1Gi, 512Mi, 512Mi", "0, 1Gi, -1Gi", "1, 1, 0", "100m, 200m, -100m", "2Ki, 1, 2047"})
    void aDifferenceTakesTheSecondAway(String one, String other, String difference) {
        assertThat(Quantity.parse(one).minus(Quantity.parse(other))).hasToString(difference);
    }

    @Test
    void amountsComeFromNumbersToo() {
        assertThat(Quantity.of(1000)).hasToString("1k");
        assertThat(Quantity.ofMilli(1500)).hasToString("1500m");
        assertThat(Quantity.ofMilli(2000)).hasToString("2");
        assertThat(Quantity.ofBytes(64L << 20)).hasToString("64Mi");
        assertThat(Quantity.ofBytes(1023)).hasToString("1023");
        assertThat(Quantity.of(3).times(2)).hasToString("6");
        assertThat(Quantity.of(3).negate()).hasToString("-3");
    }

    @Test
    void writingAndReadingGivesTheSameAmount() {
        Random random = new Random(20261123);
        String[] suffixes = {
            "", "n", "u", "m", "k", "M", "G", "T", "P", "E", "Ki", "Mi", "Gi", "Ti", "Pi", "e3", "E-3", "e7"
        };
        for (int i = 0; i < 20_000; i++) {
            String text = (random.nextBoolean() ? "-" : "")
                    + random.nextInt(100_000)
                    + (random.nextBoolean() ? "." + random.nextInt(100_000) : "")
                    + suffixes[random.nextInt(suffixes.length)];
            Quantity quantity = Quantity.parse(text);
            assertThat(Quantity.parse(quantity.toString())).as(text).isEqualTo(quantity);
            assertThat(Quantity.parse(quantity.canonical()).canonical())
                    .as(text)
                    .isEqualTo(quantity.canonical());
            assertThat(quantity.minus(quantity)).as(text).isEqualTo(Quantity.ZERO);
        }
    }
}
