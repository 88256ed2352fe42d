/** Health and metrics over HTTP, on a port and threads of their own. */
package io.headcount.admin;
