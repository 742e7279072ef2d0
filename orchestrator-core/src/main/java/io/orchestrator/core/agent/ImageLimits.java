package io.orchestrator.core.agent;

import java.time.Duration;

/**
 * When images that no container uses are removed.
 *
 * @param high from this part of the disk on, such as 0.85
 * @param low down to this part
 * @param minimumAge how long ago they must have been used, or pulled
 */
public record ImageLimits(double high, double low, Duration minimumAge) {
    public ImageLimits {
        if (low <= 0 || high < low || high > 1 || minimumAge.isNegative()) {
            throw new IllegalArgumentException("the limits must be parts of the disk, the lower not above the higher");
        }
    }

    /** Kubernetes' own: 85 and 80 percent, two minutes. */
    public static ImageLimits standard() {
        return new ImageLimits(0.85, 0.8, Duration.ofMinutes(2));
    }
}
