/* Error numbers and their names. */

/* E* numbers */
#include <errno.h>
/* strerrorname_np, strerrordesc_np */
#include <string.h>
