package io.orchestrator.runtime.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.NotFoundException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * The image of sandboxes, made from a few hundred bytes in the jar: nothing is pulled for it. Its tag is a digest of its
 * content, so that versions of this library do not mistake each other's.
 */
final class SandboxImage {
    static final String PROGRAM = "/pause";

    private static final String REPOSITORY = "orchestrator/sandbox";
    private static final int BLOCK = 512;

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
        String tag = digest(program).substring(0, 12);
        String reference = REPOSITORY + ":" + tag;
        try {
            docker.inspectImageCmd(reference).exec();
        } catch (NotFoundException e) {
            docker.createImageCmd(REPOSITORY, new ByteArrayInputStream(tar(program)))
                    .withTag(tag)
                    .exec();
        }
        return reference;
    }

    private byte[] program() {
        String resource =
                switch (architecture) {
                    case "amd64", "x86_64" -> "pause-amd64";
                    case "arm64", "aarch64" -> "pause-arm64";
                    default ->
                        throw new UnsupportedOperationException(
                                "there is no sandbox image for the architecture " + architecture);
                };
        try (InputStream in = SandboxImage.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException(resource + " is missing from the jar");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** An archive with the program as its only file, in the ustar format. */
    static byte[] tar(byte[] program) {
        byte[] header = new byte[BLOCK];
        put(header, 0, PROGRAM.substring(1));
        put(header, 100, "0000755\0");
        put(header, 108, "0000000\0");
        put(header, 116, "0000000\0");
        put(header, 124, String.format("%011o\0", program.length));
        put(header, 136, "00000000000\0");
        Arrays.fill(header, 148, 156, (byte) ' ');
        header[156] = '0';
        put(header, 257, "ustar\00000");
        int checksum = 0;
        for (byte each : header) {
            checksum += each & 0xff;
        }
        put(header, 148, String.format("%06o\0 ", checksum));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(header);
        out.writeBytes(program);
        out.writeBytes(new byte[(BLOCK - program.length % BLOCK) % BLOCK]);
        out.writeBytes(new byte[2 * BLOCK]);
        return out.toByteArray();
    }

    private static void put(byte[] header, int at, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(bytes, 0, header, at, bytes.length);
    }

    private static String digest(byte[] program) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(program));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
