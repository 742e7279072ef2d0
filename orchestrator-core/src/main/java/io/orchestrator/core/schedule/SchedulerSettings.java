package io.orchestrator.core.schedule;

import io.orchestrator.core.schedule.framework.Profile;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * How a scheduler works.
 *
 * @param profiles one per scheduler name; pods of other schedulers are left alone, though they take room
 * @param rememberedDecisions how many of the latest can be explained afterwards
 * @param bindTimeout how long a pod's volumes and whatever else must be so before its binding may take
 */
public record SchedulerSettings(List<Profile> profiles, int rememberedDecisions, Duration bindTimeout) {
    private static final int REMEMBERED = 256;
    private static final Duration BIND_TIMEOUT = Duration.ofMinutes(10);

    public SchedulerSettings {
        profiles = List.copyOf(profiles);
        Set<String> names = new HashSet<>();
        for (Profile profile : profiles) {
            if (!names.add(profile.schedulerName())) {
                throw new IllegalArgumentException("two profiles are named " + profile.schedulerName());
            }
        }
        long orders = profiles.stream()
                .map(profile -> profile.queueSort().map(Object::getClass))
                .distinct()
                .count();
        if (orders > 1) {
            throw new IllegalArgumentException("all profiles share one queue, so they need the same queue sort plugin");
        }
        if (rememberedDecisions < 0) {
            throw new IllegalArgumentException("not a number of decisions: " + rememberedDecisions);
        }
        if (bindTimeout.isNegative() || bindTimeout.isZero()) {
            throw new IllegalArgumentException("no time is left for binding: " + bindTimeout);
        }
    }

    public static SchedulerSettings of(Profile... profiles) {
        return new SchedulerSettings(List.of(profiles), REMEMBERED, BIND_TIMEOUT);
    }

    /** With this profile beside the others, or in the place of the one of its name. */
    public SchedulerSettings with(Profile profile) {
        List<Profile> all = new ArrayList<>(profiles);
        all.removeIf(other -> other.schedulerName().equals(profile.schedulerName()));
        all.add(profile);
        return new SchedulerSettings(all, rememberedDecisions, bindTimeout);
    }

    public SchedulerSettings withRememberedDecisions(int decisions) {
        return new SchedulerSettings(profiles, decisions, bindTimeout);
    }

    public SchedulerSettings withBindTimeout(Duration timeout) {
        return new SchedulerSettings(profiles, rememberedDecisions, timeout);
    }
}
