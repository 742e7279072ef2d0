package io.orchestrator.spi.runtime;

import java.util.List;

/** A command to run in a container. */
public record ExecSpec(List<String> command, boolean stdin, boolean tty) {
    public ExecSpec {
        command = List.copyOf(command);
        if (command.isEmpty()) {
            throw new IllegalArgumentException("a command has at least one word");
        }
    }

    public static ExecSpec of(String... command) {
        return new ExecSpec(List.of(command), false, false);
    }
}
