package io.orchestrator.core.network.dns;

import java.util.function.Consumer;

/** Who knows the names that are not the cluster's. */
@FunctionalInterface
interface Upstream {

    /** Gives the answer, at once or later, once, on the loop; a failure is an answer too. */
    void ask(Question question, Consumer<Answer> then);
}
