package io.orchestrator.core.network.nftables;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has a table taken away when this process ends without having done so itself: rules of one that was killed would lead clients
 * where pods were, and take ports of the machine from whoever listens there next. A shell waits for the end of its input, which comes
 * with that of this process, however it ends, and sleeps until then. The table's name must be one that nobody else will use, as whoever
 * comes next may be there before the shell.
 */
public final class LastWill implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LastWill.class);

    /** A key at a terminal ends all processes of it, but this one must go on, for its time comes after that. */
    private static final String PROGRAM = "trap '' INT TERM HUP; read -r never; exec nft delete table ip \"$0\"";

    private final @Nullable Process shell;

    private LastWill(@Nullable Process shell) {
        this.shell = shell;
    }

    /** Where there is no shell, whoever starts next on the machine takes the table away. */
    public static LastWill takeAway(String table) {
        try {
            return new LastWill(new ProcessBuilder(List.of("sh", "-c", PROGRAM, table))
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start());
        } catch (IOException e) {
            LOG.info("nobody takes table {} away if this process is killed: {}", table, e.getMessage());
            return new LastWill(null);
        }
    }

    boolean isWaiting() {
        return shell != null && shell.isAlive();
    }

    /** This process has taken the table away itself. */
    @Override
    public void close() {
        if (shell != null) {
            shell.destroyForcibly();
        }
    }
}
