-- Tests make databases of their own beside the shop's.
CREATE DATABASE IF NOT EXISTS `mall_test`;
GRANT ALL ON `mall%`.* TO 'mall'@'%';
