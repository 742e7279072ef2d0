package io.orchestrator.core.embed;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** The range of addresses that a node's pods had before a restart, in a file: those that still run have them still. */
record RememberedRange(Path file) {

    /** An address of it; empty where there was none. */
    String known() {
        try {
            return Files.readString(file).strip();
        } catch (NoSuchFileException e) {
            return "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @param range such as {@code 127.130.0.0/16} */
    void keep(String range) {
        try {
            Files.writeString(file, range.substring(0, range.indexOf('/')) + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
