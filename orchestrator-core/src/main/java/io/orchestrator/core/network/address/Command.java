package io.orchestrator.core.network.address;

import java.time.Duration;
import java.util.List;

/** Runs a program of this machine. */
@FunctionalInterface
public interface Command {

    /** @param output both of its streams */
    record Result(int status, String output) {
        public boolean succeeded() {
            return status == 0;
        }
    }

    /**
     * Runs it to its end with this on its standard input. One that does not end in time is killed.
     *
     * @throws CommandFailure when it could not be started, or did not end in time
     */
    Result run(List<String> command, String input, Duration deadline);

    /** The program did not come to an end of its own. */
    final class CommandFailure extends RuntimeException {
        private static final long serialVersionUID = 1L;

        public CommandFailure(String message, Throwable cause) {
            super(message, cause);
        }

        public CommandFailure(String message) {
            super(message);
        }
    }
}
