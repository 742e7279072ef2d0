package io.orchestrator.core.schedule.framework;

/** Looks for a way out when a pod fits nowhere. The first plugin that finds one is followed. */
public interface PostFilterPlugin extends Plugin {

    /**
     * @param refusals what each node was refused for
     * @param filters the profile's filters, to try what would help
     */
    Remedy postFilter(Cycle cycle, Refusals refusals, Filters filters);
}
