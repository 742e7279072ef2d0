package io.orchestrator.runtime.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orchestrator.spi.runtime.RuntimeFailure;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The image that an engine is given for sandboxes, by the architecture that it says it has. */
class SandboxImageTest {
    private static final int MAGIC = 0x7f454c46;
    private static final int OF_64_BITS_LITTLE_ENDIAN = 0x0201;
    private static final int EXECUTABLE = 2;
    private static final int SEGMENT_LOADED = 1;
    private static final int SEGMENT_DYNAMIC = 2;
    private static final int SEGMENT_INTERPRETER = 3;
    private static final int MAY_EXECUTE = 1;

    private static ToldEngine engineOf(String architecture) {
        return new ToldEngine("""
                {"Version":"29.0.0","ApiVersion":"1.52","MinAPIVersion":"1.44","Arch":"%s"}""".formatted(architecture));
    }

    private static Map<String, byte[]> files(byte[] archive) throws IOException {
        Map<String, byte[]> files = new HashMap<>();
        try (TarArchiveInputStream tar = new TarArchiveInputStream(new ByteArrayInputStream(archive))) {
            for (var entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                files.put(entry.getName(), tar.readAllBytes());
            }
        }
        return files;
    }

    @ParameterizedTest
    @CsvSource({"amd64, amd64, 62", "x86_64, amd64, 62", "arm64, arm64, 183", "aarch64, arm64, 183"})
    void itsProgramIsOneOfTheEnginesArchitectureThatNeedsNoLibrary(String said, String named, int machine)
            throws IOException {
        try (ToldEngine told = engineOf(said);
                DockerEngine engine = DockerEngine.connect(told.host())) {
            String reference = engine.get();

            Map<String, byte[]> image = files(told.loaded());
            assertThat(new String(image.get("manifest.json"), StandardCharsets.UTF_8))
                    .contains("\"" + reference + "\"");
            String config = image.keySet().stream()
                    .filter(name -> name.endsWith(".json") && !name.equals("manifest.json"))
                    .map(name -> new String(image.get(name), StandardCharsets.UTF_8))
                    .findFirst()
                    .orElseThrow();
            assertThat(config).contains("\"architecture\":\"" + named + "\"", "\"os\":\"linux\"");
            assertStaticProgram(files(image.get("layer.tar")).get("pause"), machine);
        }
    }

    private static void assertStaticProgram(byte[] program, int machine) {
        ByteBuffer elf = ByteBuffer.wrap(program);
        assertThat(elf.getInt(0)).as("magic").isEqualTo(MAGIC);
        assertThat((int) elf.getShort(4)).as("class and byte order").isEqualTo(OF_64_BITS_LITTLE_ENDIAN);
        elf.order(ByteOrder.LITTLE_ENDIAN);
        assertThat((int) elf.getShort(16)).as("type").isEqualTo(EXECUTABLE);
        assertThat((int) elf.getShort(18)).as("machine").isEqualTo(machine);
        long entry = elf.getLong(24);
        int segments = (int) elf.getLong(32);
        boolean entered = false;
        for (int i = 0; i < elf.getShort(56); i++) {
            int at = segments + i * elf.getShort(54);
            int type = elf.getInt(at);
            assertThat(type).as("segment").isNotIn(SEGMENT_DYNAMIC, SEGMENT_INTERPRETER);
            if (type == SEGMENT_LOADED) {
                long offset = elf.getLong(at + 8);
                long address = elf.getLong(at + 16);
                long size = elf.getLong(at + 32);
                assertThat(offset + size).as("end of a segment").isLessThanOrEqualTo(program.length);
                entered |= (elf.getInt(at + 4) & MAY_EXECUTE) != 0 && entry >= address && entry < address + size;
            }
        }
        assertThat(entered).as("the entry lies in what may be executed").isTrue();
    }

    @Test
    void anArchitectureThatItIsNotMadeForIsNamed() {
        try (ToldEngine told = engineOf("riscv64");
                DockerEngine engine = DockerEngine.connect(told.host())) {
            assertThatThrownBy(engine::get)
                    .isInstanceOf(RuntimeFailure.class)
                    .hasMessage("there is no sandbox image for the architecture riscv64");
        }
    }
}
