/**
 * The design as tests: the direction of imports, the calls that are forbidden, the size and shape of files. Lives with the
 * samples because only here every module is on the class path. Each rule is also run on a small package that breaks it
 * ({@code fixture}), so that a rule which can no longer fail is noticed.
 */
@NullMarked
package io.orchestrator.architecture;

import org.jspecify.annotations.NullMarked;
