package io.orchestrator.testkit.runtime;

import java.time.Duration;

/**
 * How an image comes to a simulated node.
 *
 * @param pullTime how long a pull takes, also one that fails
 * @param failure why it cannot be pulled; empty when it can
 */
public record ImageBehaviour(Duration pullTime, String failure) {

    public static ImageBehaviour pulledIn(Duration time) {
        return new ImageBehaviour(time, "");
    }

    public static ImageBehaviour notPullable(String why) {
        return new ImageBehaviour(Duration.ZERO, why);
    }
}
