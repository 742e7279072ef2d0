package io.orchestrator.samples.cluster;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The program in {@code cluster.jar}. */
@Command(
        name = "cluster",
        mixinStandardHelpOptions = true,
        version = "orchestrator 0.1.0 (Kubernetes v1.32.0)",
        description = "Kubernetes as a Java library: a whole cluster in this JVM.",
        subcommands = {UpCommand.class, ControlPlaneCommand.class, NodeCommand.class})
public final class ClusterLauncher {
    private ClusterLauncher() {}

    public static void main(String[] args) {
        CommandLine commands = new CommandLine(new ClusterLauncher());
        if (args.length == 0) {
            commands.usage(System.out);
            System.exit(commands.getCommandSpec().exitCodeOnUsageHelp());
        }
        System.exit(commands.execute(args));
    }
}
