package io.orchestrator.core.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The binaries of the first process of containers lie in the repository, since not every machine has a compiler for both of them. */
class HolderSumsTest {
    private static final Path SOURCE = Path.of("src", "main", "holder");

    @Test
    void theBinariesAreThoseThatWereBuiltOfTheSourceBesideThem() throws Exception {
        List<String> sums = Files.readAllLines(SOURCE.resolve("sums"));
        assertThat(sums).hasSize(3);
        for (String sum : sums) {
            String[] parts = sum.split(" +", 2);
            assertThat(sumOf(SOURCE.resolve(parts[1])))
                    .as("%s; src/main/holder/build makes them anew", parts[1])
                    .isEqualTo(parts[0]);
        }
    }

    private static String sumOf(Path file) throws IOException, NoSuchAlgorithmException {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
    }
}
