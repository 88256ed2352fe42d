/** What a post is once it has been read: rows, identity, flags, and the reasons for refusing one. Imports nothing of ours. */
package io.headcount.model;
