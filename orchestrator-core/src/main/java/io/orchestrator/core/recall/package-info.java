/**
 * What was made of the same lately, to be found again instead of made anew: a thousand pods of one template differ in their
 * names. All of it is tables of fixed size in which the newer pushes out the older; nothing depends on what they hold, so that
 * races on them are benign and forgetting is no harm. Each belongs to the part of a cluster that makes what it keeps.
 */
@NullMarked
package io.orchestrator.core.recall;

import org.jspecify.annotations.NullMarked;
