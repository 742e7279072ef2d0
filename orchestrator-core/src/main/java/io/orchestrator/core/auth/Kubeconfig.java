package io.orchestrator.core.auth;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;

/**
 * The file that tells {@code kubectl} and every other client where the cluster is and who they are. All data are embedded,
 * so that it can be copied about.
 */
public record Kubeconfig(String cluster, String server, String authorityPem, String user, Identity identity) {

    /** The file's text. JSON strings are YAML, so names and URLs need no other quoting than Java's own. */
    public String toYaml() {
        String context = user + "@" + cluster;
        return """
            apiVersion: v1
            kind: Config
            clusters:
            - name: "%1$s"
              cluster:
                server: "%2$s"
                certificate-authority-data: %3$s
            users:
            - name: "%4$s"
              user:
                client-certificate-data: %5$s
                client-key-data: %6$s
            contexts:
            - name: "%7$s"
              context:
                cluster: "%1$s"
                user: "%4$s"
                namespace: default
            current-context: "%7$s"
            """.formatted(
                        cluster,
                        server,
                        base64(authorityPem),
                        user,
                        base64(identity.certificatePem()),
                        base64(identity.traditionalKeyPem()),
                        context);
    }

    /** Writes the file at once and whole, readable by its owner alone: it holds a private key. */
    public void writeTo(Path file) throws IOException {
        Path target = file.toAbsolutePath();
        Path folder = target.getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        Path draft = target.resolveSibling(target.getFileName() + ".new");
        Files.deleteIfExists(draft);
        boolean posix = Files.getFileStore(folder == null ? target : folder).supportsFileAttributeView("posix");
        if (posix) {
            Files.createFile(draft, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        } else {
            Files.createFile(draft);
        }
        Files.writeString(draft, toYaml(), StandardOpenOption.TRUNCATE_EXISTING);
        try {
            Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (java.nio.file.AtomicMoveNotSupportedException e) {
            Files.move(draft, target, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
