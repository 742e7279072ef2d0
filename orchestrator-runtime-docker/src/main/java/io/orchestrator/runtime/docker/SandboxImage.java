package io.orchestrator.runtime.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.NotFoundException;
import io.orchestrator.spi.runtime.RuntimeFailure;
import io.orchestrator.spi.runtime.RuntimeFailure.Kind;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The image of sandboxes, made from a few hundred bytes in the jar: nothing is pulled for it. Its tag is a digest of its
 * content, so that versions of this library do not mistake each other's.
 */
final class SandboxImage {
    static final String PROGRAM = "/pause";

    private static final String REPOSITORY = "orchestrator/sandbox";
    private static final int TAG_LENGTH = 12;

    private final DockerClient docker;
    private final String architecture;

    /** @param architecture as the engine names it: {@code amd64} or {@code arm64}, or their kernel names */
    SandboxImage(DockerClient docker, String architecture) {
        this.docker = docker;
        this.architecture = architecture;
    }

    /** The reference, once the engine has the image. */
    String ensure() {
        byte[] program = program();
        String reference = REPOSITORY + ":" + digest(program).substring(0, TAG_LENGTH);
        try {
            docker.inspectImageCmd(reference).exec();
        } catch (NotFoundException e) {
            docker.loadImageCmd(new ByteArrayInputStream(image(program, reference, goArchitecture())))
                    .exec();
        }
        return reference;
    }

    private byte[] program() {
        String resource = "pause-" + goArchitecture();
        try (InputStream in = SandboxImage.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException(resource + " is missing from the jar");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String goArchitecture() {
        return switch (architecture) {
            case "amd64", "x86_64" -> "amd64";
            case "arm64", "aarch64" -> "arm64";
            default ->
                throw new RuntimeFailure(
                        Kind.UNSUPPORTED, "there is no sandbox image for the architecture " + architecture);
        };
    }

    /** An image as {@code docker save} would write it: one layer with one file. */
    private static byte[] image(byte[] program, String reference, String architecture) {
        byte[] layer = new TarArchive().add(PROGRAM.substring(1), 0755, program).bytes();
        byte[] config = """
                {"architecture":"%s","os":"linux","config":{"Entrypoint":["%s"]},\
                "rootfs":{"type":"layers","diff_ids":["sha256:%s"]}}""".formatted(architecture, PROGRAM, digest(layer)).getBytes(StandardCharsets.UTF_8);
        String configName = digest(config) + ".json";
        byte[] manifest = """
                [{"Config":"%s","RepoTags":["%s"],"Layers":["layer.tar"]}]""".formatted(configName, reference).getBytes(StandardCharsets.UTF_8);
        return new TarArchive()
                .add("layer.tar", 0644, layer)
                .add(configName, 0644, config)
                .add("manifest.json", 0644, manifest)
                .bytes();
    }

    private static String digest(byte[] program) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(program));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
