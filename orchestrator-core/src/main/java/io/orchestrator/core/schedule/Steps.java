package io.orchestrator.core.schedule;

import io.orchestrator.core.schedule.framework.BindPlugin;
import io.orchestrator.core.schedule.framework.KnownObjects;
import io.orchestrator.core.schedule.framework.PermitPlugin;
import io.orchestrator.core.schedule.framework.Plugin;
import io.orchestrator.core.schedule.framework.PodQuery;
import io.orchestrator.core.schedule.framework.PodView;
import io.orchestrator.core.schedule.framework.PostBindPlugin;
import io.orchestrator.core.schedule.framework.PreBindPlugin;
import io.orchestrator.core.schedule.framework.PreEnqueuePlugin;
import io.orchestrator.core.schedule.framework.Profile;
import io.orchestrator.core.schedule.framework.ReservePlugin;
import io.orchestrator.core.schedule.framework.Verdict;
import java.util.ArrayList;
import java.util.List;

/** A profile, its plugins sorted by the steps they take. Immutable. */
final class Steps {
    final Planner planner;
    final List<ReservePlugin> reserve;
    final List<PermitPlugin> permit;
    final List<PreBindPlugin> preBind;
    final List<BindPlugin> bind;
    final List<PostBindPlugin> postBind;
    private final List<PreEnqueuePlugin> preEnqueue;
    private final List<Plugin> plugins;

    Steps(Profile profile) {
        this.planner = new Planner(profile);
        this.reserve = profile.at(ReservePlugin.class);
        this.permit = profile.at(PermitPlugin.class);
        this.preBind = profile.at(PreBindPlugin.class);
        this.bind = profile.at(BindPlugin.class);
        this.postBind = profile.at(PostBindPlugin.class);
        this.preEnqueue = profile.at(PreEnqueuePlugin.class);
        this.plugins = profile.plugins();
    }

    boolean admits(PodView pod, KnownObjects objects) {
        return preEnqueue.stream().allMatch(gate -> gate.mayEnter(pod, objects) instanceof Verdict.Fits);
    }

    /** What the plugins are going to count for this pod. */
    List<PodQuery> counts(PodView pod, KnownObjects objects) {
        List<PodQuery> all = new ArrayList<>();
        plugins.forEach(plugin -> all.addAll(plugin.counts(pod, objects)));
        return all;
    }
}
