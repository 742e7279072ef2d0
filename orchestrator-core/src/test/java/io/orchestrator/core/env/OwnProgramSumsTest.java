package io.orchestrator.core.env;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The binaries of our own programs lie in the repository, since not every machine has a compiler for both of them. */
class OwnProgramSumsTest {
    @ParameterizedTest
    @ValueSource(strings = {"holder", "pin"})
    void theBinariesAreThoseThatWereBuiltOfTheSourceBesideThem(String program) throws Exception {
        Path source = Path.of("src", "main", program);
        List<String> sums = Files.readAllLines(source.resolve("sums"));
        assertThat(sums).hasSize(4);
        for (String sum : sums) {
            String[] parts = sum.split(" +", 2);
            assertThat(sumOf(source.resolve(parts[1])))
                    .as("%s; src/main/%s/build makes them anew", parts[1], program)
                    .isEqualTo(parts[0]);
        }
    }

    private static String sumOf(Path file) throws IOException, NoSuchAlgorithmException {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
    }
}
