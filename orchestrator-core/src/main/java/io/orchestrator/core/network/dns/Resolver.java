package io.orchestrator.core.network.dns;

import java.util.function.Consumer;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;

/** Answers a question in whole: from the cluster or from elsewhere, along aliases that lead from the one to the other. */
final class Resolver {
    private static final int ALIASES = 8;

    private final ClusterAnswers cluster;
    private final Upstream upstream;

    Resolver(ClusterAnswers cluster, Upstream upstream) {
        this.cluster = cluster;
        this.upstream = upstream;
    }

    /** Gives the answer once, at once or later, on the loop. To be called there. */
    void resolve(Question question, Consumer<Answer> then) {
        resolve(question, ALIASES, then);
    }

    private void resolve(Question question, int aliases, Consumer<Answer> then) {
        Answer local = cluster.answer(question);
        if (local == null) {
            upstream.ask(question, then);
            return;
        }
        Name target = local.unresolved(question);
        if (target == null) {
            then.accept(local);
        } else if (aliases == 0) {
            then.accept(Answer.of(Rcode.SERVFAIL));
        } else {
            resolve(question.about(target), aliases - 1, rest -> then.accept(local.followedBy(rest)));
        }
    }
}
