package io.orchestrator.samples.cluster;

import io.orchestrator.core.store.StoreFileException;
import io.orchestrator.spi.store.StoreException;
import java.io.IOException;
import java.io.UncheckedIOException;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The program in {@code cluster.jar}. */
@Command(
        name = "cluster",
        mixinStandardHelpOptions = true,
        version = "orchestrator 0.1.0 (Kubernetes v1.32.0)",
        description = "Kubernetes as a Java library: a whole cluster in this JVM.",
        subcommands = {UpCommand.class, ControlPlaneCommand.class, NodeCommand.class, StateCommand.class})
public final class ClusterLauncher {
    private ClusterLauncher() {}

    public static void main(String[] args) {
        CommandLine commands = commands();
        if (args.length == 0) {
            commands.usage(System.out);
            System.exit(commands.getCommandSpec().exitCodeOnUsageHelp());
        }
        System.exit(commands.execute(args));
    }

    static CommandLine commands() {
        return new CommandLine(new ClusterLauncher()).setExecutionExceptionHandler((failure, command, given) -> {
            if (!isForTheUser(failure)) {
                throw failure;
            }
            command.getErr().println("cluster: " + explain(failure));
            return command.getCommandSpec().exitCodeOnExecutionException();
        });
    }

    /** What is wrong with the options, files or machines that were named; the rest shows where it happened. */
    private static boolean isForTheUser(Exception failure) {
        return failure instanceof IllegalArgumentException
                || failure instanceof StoreFileException
                || failure instanceof StoreException
                || failure instanceof UncheckedIOException
                || failure instanceof IOException;
    }

    private static String explain(Exception failure) {
        Throwable cause = failure instanceof UncheckedIOException ? failure.getCause() : null;
        return cause == null ? String.valueOf(failure.getMessage()) : failure.getMessage() + ": " + cause.getMessage();
    }
}
