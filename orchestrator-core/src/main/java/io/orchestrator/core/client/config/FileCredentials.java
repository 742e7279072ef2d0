package io.orchestrator.core.client.config;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Credentials that lie in files which others replace: tokens that rotate, certificates that are renewed. They are read again
 * when a minute has gone by, and at once when the server refused them. As long as a fresh look fails, what was there goes on.
 */
public final class FileCredentials implements Credentials {
    private static final Logger LOG = LoggerFactory.getLogger(FileCredentials.class);
    private static final long FRESH_NANOS = Duration.ofMinutes(1).toNanos();

    private final List<Path> files;
    private final Reading reading;
    private final LongSupplier nanoTime;
    private final Object lock = new Object();

    @GuardedBy("lock")
    private @Nullable Shown known;

    @GuardedBy("lock")
    private long readAt;

    /** Makes credentials of the texts of the files. */
    private interface Reading {
        Shown of(List<String> texts);
    }

    private FileCredentials(List<Path> files, Reading reading, LongSupplier nanoTime) {
        this.files = files;
        this.reading = reading;
        this.nanoTime = nanoTime;
    }

    public static Credentials token(Path file, LongSupplier nanoTime) {
        return new FileCredentials(
                List.of(file),
                texts -> {
                    String token = texts.get(0).strip();
                    if (token.isEmpty()) {
                        throw new ConfigException("the token file " + file + " is empty");
                    }
                    return Shown.bearer(token);
                },
                nanoTime);
    }

    public static Credentials certificate(Path certificate, Path key, LongSupplier nanoTime) {
        return new FileCredentials(
                List.of(certificate, key),
                texts -> Shown.certificate(
                        PemFiles.identity(texts.get(0), texts.get(1), "the files " + certificate + " and " + key)),
                nanoTime);
    }

    @Override
    public Shown current() {
        synchronized (lock) {
            long now = nanoTime.getAsLong();
            if (known == null) {
                known = read();
                readAt = now;
            } else if (now - readAt >= FRESH_NANOS) {
                readAt = now;
                try {
                    known = read();
                } catch (ConfigException e) {
                    LOG.warn("credentials are not read again: {}", e.getMessage());
                }
            }
            return known;
        }
    }

    @Override
    public boolean refused(Shown shown) {
        synchronized (lock) {
            if (!shown.equals(known)) {
                return true;
            }
            try {
                known = read();
            } catch (ConfigException e) {
                LOG.warn("credentials are not read again: {}", e.getMessage());
            }
            readAt = nanoTime.getAsLong();
            return !shown.equals(known);
        }
    }

    private Shown read() {
        return reading.of(files.stream().map(FileCredentials::text).toList());
    }

    static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new ConfigException("the file " + file + " cannot be read: " + e, e);
        }
    }
}
