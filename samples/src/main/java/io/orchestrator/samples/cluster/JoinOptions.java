package io.orchestrator.samples.cluster;

import io.orchestrator.core.embed.Cluster;
import io.orchestrator.core.join.JoinInvitation;
import io.orchestrator.core.join.JoinToken;
import java.time.Duration;
import picocli.CommandLine.Option;

/** How nodes of other processes are let in. */
final class JoinOptions {
    private static final Duration LIFE = Duration.ofHours(24);

    @Option(
            names = "--join-token",
            arity = "0..1",
            fallbackValue = "new",
            description = "Lets nodes join with this bootstrap token for a day from now on, or with a new one.")
    private String token = "";

    /** Makes the token good, and says how a node joins with it. */
    void offer(Cluster cluster) {
        if (token.isEmpty()) {
            cluster.letNodesJoin();
            return;
        }
        JoinInvitation invitation =
                token.equals("new") ? cluster.invite(LIFE) : cluster.invite(JoinToken.parse(token), LIFE);
        Say.line(
                "to join: node --join %s --token %s --ca-cert-hash %s --name NAME",
                invitation.server(),
                invitation.token().text(),
                invitation.authority().hash());
    }
}
