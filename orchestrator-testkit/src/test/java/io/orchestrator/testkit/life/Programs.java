package io.orchestrator.testkit.life;

import io.orchestrator.spi.runtime.ContainerSpec;
import io.orchestrator.testkit.runtime.Behaviour;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;

/** What the images do. */
final class Programs {
    /** Runs, once it has come up. A version follows. */
    static final String GOOD = "app:";

    static final String BROKEN = "broken:1";
    /** Is done after a while. */
    static final String TASK = "task:1";
    /** Is done after a while, or fails. */
    static final String FLAKY = "flaky:1";

    static final String DOOMED = "doomed:1";

    private final Random random;

    Programs(Random random) {
        this.random = random;
    }

    Optional<Behaviour> behaviour(ContainerSpec container) {
        Duration soon = Duration.ofMillis(random.nextInt(8000));
        Duration later = Duration.ofSeconds(1 + random.nextInt(120));
        return Optional.of(
                switch (container.image()) {
                    case BROKEN -> Behaviour.failsToStart("there is no such program");
                    case TASK -> Behaviour.exits(later, 0);
                    case FLAKY -> Behaviour.exits(later, random.nextInt(3) == 0 ? 1 : 0);
                    case DOOMED -> Behaviour.exits(later, 1);
                    default -> Behaviour.runs().startsIn(soon).endsOnTerm(soon.dividedBy(2), 0);
                });
    }
}
