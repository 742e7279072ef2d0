package io.orchestrator.core.agent;

import java.util.Set;

/**
 * How the node fares, as its conditions tell. Immutable.
 *
 * @param runtimeAnswers whether the runtime has answered lately
 * @param shortages what it is short of
 * @param shuttingDown whether it is about to be switched off
 * @param port at which it is asked by HTTPS; 0 where it is not
 */
record NodeHealth(boolean runtimeAnswers, Set<Shortage> shortages, boolean shuttingDown, int port) {
    NodeHealth {
        shortages = Set.copyOf(shortages);
    }
}
