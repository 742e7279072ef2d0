package io.orchestrator.core.join;

import io.orchestrator.core.auth.Identity;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A certificate and its key in one file that its owner alone may read, written whole or not at all. */
record IdentityFile(Path path) {
    private static final Logger LOG = LoggerFactory.getLogger(IdentityFile.class);
    private static final String KEY = "-----BEGIN PRIVATE KEY-----";

    /** What lies there; empty when there is nothing, or nothing that can be used at this moment. */
    Optional<Identity> read(Instant now) {
        String text;
        try {
            text = Files.readString(path);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("the certificate " + path + " cannot be read", e);
        }
        int key = text.indexOf(KEY);
        try {
            Identity identity = Identity.fromPem(text.substring(0, Math.max(0, key)), text.substring(Math.max(0, key)));
            boolean over = now.isAfter(identity.certificate().getNotAfter().toInstant());
            return over ? Optional.empty() : Optional.of(identity);
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            LOG.warn("the certificate {} cannot be understood, another one is ordered", path, e);
            return Optional.empty();
        }
    }

    void write(Identity identity) {
        try {
            Path folder = path.toAbsolutePath().getParent();
            Files.createDirectories(folder);
            Path draft = path.resolveSibling(path.getFileName() + ".new");
            Files.deleteIfExists(draft);
            if (Files.getFileStore(folder).supportsFileAttributeView("posix")) {
                Files.createFile(
                        draft, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            } else {
                Files.createFile(draft);
            }
            Files.writeString(
                    draft, identity.certificatePem() + identity.keyPem(), StandardOpenOption.TRUNCATE_EXISTING);
            Files.move(draft, path, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException("the certificate " + path + " cannot be kept", e);
        }
    }
}
