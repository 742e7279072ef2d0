/**
 * Who makes volumes: the contract of a provisioner, and the one that every cluster has, which hands out directories of the nodes.
 *
 * <p><b>Threads.</b> Everything is safe for concurrent use.
 *
 * <p><b>Neighbours.</b> {@code core.control.volume} asks for volumes and gives them back; the agent mounts what is a directory.
 */
@NullMarked
package io.orchestrator.core.storage;

import org.jspecify.annotations.NullMarked;
