package io.orchestrator.runtime.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.ConflictException;
import com.github.dockerjava.api.exception.NotFoundException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Removing containers, so that doing it twice, or at the same time as somebody else, is no error. */
final class Removal {
    private static final Logger LOG = LoggerFactory.getLogger(Removal.class);

    private Removal() {}

    /** Removes a container with its anonymous volumes; kills it first where it runs. */
    static void force(DockerClient docker, String container) {
        try {
            docker.removeContainerCmd(container)
                    .withForce(true)
                    .withRemoveVolumes(true)
                    .exec();
        } catch (NotFoundException e) {
            LOG.trace("{} is gone already", container);
        } catch (ConflictException e) {
            // "removal of container ... is already in progress"
            LOG.debug("{} is being removed by somebody else: {}", container, e.getMessage());
        }
    }
}
