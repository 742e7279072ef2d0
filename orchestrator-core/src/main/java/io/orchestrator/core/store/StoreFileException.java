package io.orchestrator.core.store;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The files of a {@link DurableStore} cannot be used: another process holds them, they are damaged, or they are of a format
 * that this version does not know. The message names the file and what can be done; nothing has been changed.
 */
public final class StoreFileException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    StoreFileException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    static StoreFileException damaged(Path file, String how, @Nullable Throwable cause) {
        return new StoreFileException(
                file + " is damaged: " + how
                        + ". Nothing was changed. Put a snapshot in the place of its directory, or move"
                        + " the directory away to start with nothing",
                cause);
    }

    static StoreFileException inaccessible(Path file, Throwable cause) {
        return new StoreFileException(file + " cannot be opened: " + cause.getMessage(), cause);
    }
}
