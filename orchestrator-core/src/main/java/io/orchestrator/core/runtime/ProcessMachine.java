package io.orchestrator.core.runtime;

import io.orchestrator.core.env.Environment;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What the containers of a node have of this machine.
 *
 * @param mounts how they are shown files of their own, where they can be; blocks while that is found out
 * @param holder what leads their sessions, where this machine runs it; blocks likewise
 * @param limits what holds them to their limits
 * @param own as whom they run, where they are shown no files
 * @param processes all that there are
 * @param logs how much of their output is kept
 */
record ProcessMachine(
        Supplier<Optional<ProcessMounts>> mounts,
        Supplier<Optional<ContainerHolder>> holder,
        ProcessLimits limits,
        Privileges own,
        MarkedProcesses processes,
        LogLimit logs,
        Environment environment) {

    /** As whom they run; blocks as {@link #mounts} do. */
    Privileges privileges() {
        return mounts.get().filter(ProcessMounts::inUserNamespace).isPresent() ? own.withoutUsers() : own;
    }
}
