package io.orchestrator.core.embed;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * An address that a node had, or knew, before a restart, in a file: pods that still run have it still, and the API may be away
 * when it is needed again.
 */
record RememberedAddress(Path file) {

    /** Empty where there was none. */
    String known() {
        try {
            return Files.readString(file).strip();
        } catch (NoSuchFileException e) {
            return "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void keep(String address) {
        try {
            Files.writeString(file, address + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
