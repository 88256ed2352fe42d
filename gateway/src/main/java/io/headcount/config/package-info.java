/** The configuration as records that check themselves, and the loader that names file, line and key of a mistake. */
package io.headcount.config;
