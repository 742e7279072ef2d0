/**
 * The history of a pod template as ControllerRevisions, for the controllers that keep one: which revision the template of an
 * object stands for, which must be made, and which may go; and such an object as the API itself has it.
 *
 * <p><b>Threads.</b> Everything is safe for concurrent use.
 *
 * <p><b>Neighbours.</b> Used by the packages of single controllers, which never import each other.
 */
@NullMarked
package io.orchestrator.core.control.history;

import org.jspecify.annotations.NullMarked;
